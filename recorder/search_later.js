/* Stands in front of the theme's script: the search is fetched when a reader turns to it.

The theme asks for the index of the search, the heaviest file of the site, and for the worker that
reads it as soon as a page is open. Here both wait until the search is opened or focused, or the
address brings a query along. */
(() => {
  "use strict"
  const INDEX = /\/search\/search_index\.json$/
  const query = new URLSearchParams(location.search)
  const wanted = new Promise((resolve) => {
    if (query.has("q") || query.has("h")) resolve()
    const turned = ({ target }) => {
      if (target.matches("#__search, .md-search__input")) resolve()
    }
    for (const type of ["focusin", "change"]) document.addEventListener(type, turned)
  })

  const { open, send } = XMLHttpRequest.prototype
  const LOCAL = location.protocol === "file:" // then the browser may ask for nothing
  const waiting = new WeakSet()
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (INDEX.test(url)) waiting.add(this)
    return open.call(this, method, url, ...(rest.length ? rest : [true]))
  }
  XMLHttpRequest.prototype.send = function (body) {
    if (LOCAL) return
    if (waiting.delete(this)) wanted.then(() => send.call(this, body))
    else send.call(this, body)
  }

  /* A page opened as a file may start no worker: a frame of its own runs the same script. It tells
  where pages are as a server has them; here each is a file. */
  const RESULT = 3
  const toFile = (address) => address.replace(/^([^#]*\/)?(#|$)/, "$1index.html$2")

  function inFrame(url, answer) {
    const frame = document.createElement("iframe")
    frame.hidden = true
    frame.title = "search"
    document.body.append(frame)
    const inner = frame.contentWindow
    inner.postMessage = (message) => {
      if (message.type === RESULT) {
        for (const item of message.data.items.flat()) item.location = toFile(item.location)
      }
      answer(message)
    }
    const script = inner.document.createElement("script")
    script.src = url
    const send = (data) => inner.dispatchEvent(new inner.MessageEvent("message", { data }))
    const ready = new Promise((resolve) => (script.onload = () => resolve({ postMessage: send })))
    inner.document.body.append(script)
    return ready
  }

  const Now = Worker
  window.Worker = class extends EventTarget {
    constructor(url) {
      super()
      const answer = (data) => this.dispatchEvent(new MessageEvent("message", { data }))
      this.real = wanted.then(() => {
        if (LOCAL) return inFrame(url, answer)
        const worker = new Now(url)
        worker.onmessage = ({ data }) => answer(data)
        return worker
      })
    }
    postMessage(data) {
      this.real.then((worker) => worker.postMessage(data))
    }
  }
})()
