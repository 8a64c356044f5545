/* Lets the keyboard reach what scrolls inside itself: wide formulas and tables. The theme does it
for code. */
addEventListener("load", () => {
  const watch = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
      else target.removeAttribute("tabindex")
    }
  })
  for (const wide of document.querySelectorAll("div.math, .md-typeset__scrollwrap")) {
    watch.observe(wide)
  }
})
