/* Stands in front of the theme's search worker: what a query names comes before what has its words.

The theme ranks pages by words. It cannot know that "chuan hoa theo lo" or "nn.BatchNorm2d" is the
name of one, and it does not cut Korean or Chinese as a reader does. So each query is first compared
with the names of the termbase, which the index brings along as `config.terms`, a list of
[address, name, …]. Messages to and from the worker keep the theme's form. */
(() => {
  "use strict"
  const SETUP = 0, QUERY = 2, RESULT = 3
  const ENOUGH = 1.4 // of match(): less names the page by chance
  const listen = self.addEventListener.bind(self)
  const send = self.postMessage.bind(self)
  const entries = [] // { address, key, edges }
  const documents = new Map() // by address
  const queries = [] // asked and not answered yet

  /* Return the words of a text without case, accents, spelling and plural. What is folded is only
  compared with what is folded, so it does no harm that "size" becomes "sise". */
  function words(text) {
    return text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/đ/g, "d")
      .replace(/×/g, "x")
      .replace(/z/g, "s") // normalization, normalisation
      .replace(/ou/g, "o") // behavior, behaviour
      .replace(/ll/g, "l") // modeling, modelling
      .replace(/(\p{L})tre\b/gu, "$1ter") // center, centre
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
      .map((word) => (/^[a-z]{3,}[^s]s$/.test(word) ? word.slice(0, -1) : word))
  }

  /* Return a text as one word, and the places in it where a word starts or ends. */
  function fold(text) {
    const edges = new Set([0])
    let key = ""
    for (const word of words(text)) edges.add((key += word).length)
    return { key, edges }
  }

  const isWestern = (letter) => letter < "\u1100" // Korean and Chinese letters come later
  const isEdge = ({ key, edges }, at) =>
    edges.has(at) || !isWestern(key[at]) || !isWestern(key[at - 1])

  /* Say whether a part stands in a whole as words of their own. */
  function holds(whole, part) {
    for (let at = whole.key.indexOf(part); at >= 0; at = whole.key.indexOf(part, at + 1)) {
      if (isEdge(whole, at)) return at
    }
    return -1
  }

  /* Return how well a name answers a query: 4 is the same, 0 is not at all. */
  function match(query, name) {
    const asked = query.key, known = name.key
    if (asked === known) return 4
    const enough = isWestern(asked) ? 3 : 2
    if (asked.length >= enough && asked.length < known.length) {
      const at = holds(name, asked) // typed so far, or a part of the name
      return at < 0 ? 0 : 2 + asked.length / known.length + (at === 0 ? 0.3 : 0)
    }
    if (known.length >= enough && known.length < asked.length) {
      const at = holds(query, known) // the name, and something else
      const most = Math.min(asked.length, 20) // an error's text goes on with numbers and names
      if (at >= 0 && isEdge(query, at + known.length)) return 1 + Math.min(known.length / most, 1)
    }
    return 0
  }

  /* Return [address, score] of all that a query names, best first. */
  function named(text) {
    const query = fold(text.replace(/^([\w.]+)\(.*/, "$1")) // Conv2d(3, 64) is Conv2d
    const best = new Map()
    if (!query.key) return []
    for (const name of entries) {
      const { address } = name
      let score = match(query, name)
      if (score < 4 && address.includes("glossary/#")) score -= 0.5 // no page explains it yet
      if (!address.includes("#")) score += 0.05 // the subject of a page
      if (score >= ENOUGH && score > (best.get(address) || 0)) best.set(address, score)
    }
    return [...best].sort((a, b) => b[1] - a[1]).slice(0, 12)
  }

  /* Put the pages that a query names before the others, each with the sections that it names. */
  function rank(text, groups) {
    const found = new Map(groups.flat().map((item) => [item.location, item]))
    const first = new Map() // page → its items
    const hits = named(text)
    if (hits.length && hits[0][1] >= 4) groups = groups.filter((group) => group.some(holdsMost))
    for (const [address, score] of hits) {
      const page = address.split("#")[0]
      const shown = found.get(address) || teaser(documents.get(address))
      if (!first.has(page)) first.set(page, [])
      first.get(page).push({ ...shown, score: 1e6 * score, terms: matched(shown.terms) })
    }
    for (const group of groups) {
      const page = group[0].location.split("#")[0]
      const items = first.get(page) || first.set(page, []).get(page)
      const known = new Set(items.map((item) => item.location))
      items.push(...group.filter((item) => !known.has(item.location)))
    }
    for (const [page, items] of first) {
      // the theme shows a page together with its sections
      if (items.every((item) => item.location !== page)) {
        items.push({ ...documents.get(page), score: 0, terms: {} })
      }
    }
    return [...first.values()]
  }

  /* Cut a section that no word was found in down to its first paragraph. */
  function teaser(section) {
    return { ...section, text: section.text.split("</p>")[0].replace(/<[^>]*>/g, "") }
  }

  /* Say whether most words of a query were found: fewer are chance if it is a name. */
  const holdsMost = ({ terms }) => {
    const is = Object.values(terms)
    return is.filter(Boolean).length > is.length / 2
  }

  const matched = (terms) => Object.fromEntries(Object.entries(terms || {}).filter(([, is]) => is))

  /* Return a query as the theme's search takes it best: American, without torch's modules; of an
  error only the start, and nothing that its query language would take for an operator. */
  function plain(text) {
    const error = /[:;] |[()[\]{}]/.test(text)
    return (error ? text.replace(/[^\p{L}\p{N}_.\s]+/gu, " ") : text)
      .split(/\s+/).slice(0, 12).join(" ")
      .replace(/isation/g, "ization")
      .replace(/\b(torch|nn|F|optim|dist|functional|init|utils)\./g, "")
  }

  function setUp({ config, docs }) {
    for (const section of docs) documents.set(section.location, section)
    for (const [address, ...names] of config.terms) {
      for (const name of names) {
        const last = name.replace(/\(.*/, "").split(".").pop() // nn.Conv2d is also Conv2d
        const parts = /^[\w.]+\.\w+(\(.*)?$/.test(name) ? [name, last] : [name]
        for (const part of parts) entries.push({ address, ...fold(part) })
      }
    }
  }

  self.addEventListener = (type, handler) => {
    if (type !== "message") return listen(type, handler)
    listen(type, ({ data: { type, data } }) => {
      if (type === SETUP) setUp(data)
      if (type === QUERY) queries.push(data)
      handler({ data: { type, data: type === QUERY ? plain(data) : data } })
    })
  }

  self.postMessage = (message) => {
    if (message.type === RESULT) {
      message.data.items = rank(queries.shift(), message.data.items)
    }
    send(message)
  }
})()
