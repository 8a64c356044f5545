/* Puts the words of an address that does not exist into the search field of the page that says so. */
{
  const field = document.querySelector(".not-found input")
  if (field) {
    const words = decodeURIComponent(location.pathname).replace(/\.\w+$/, "").split(/[^\p{L}\p{N}]+/u)
    const top = new URL(field.form.action).pathname.split("/").filter(Boolean).length
    field.value = words.filter(Boolean).slice(top).slice(-4).join(" ")
  }
}
