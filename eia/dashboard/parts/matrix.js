// Takes the rows as data; builds the table with its buttons. Words from files are set as text, so no label can be markup.

const SHAPES = {
  diamond: "M6 0.8 L11.2 6 L6 11.2 L0.8 6 Z",
  square: "M1.5 1.5 H10.5 V10.5 H1.5 Z",
  circle: "M6 1.2 A4.8 4.8 0 1 1 5.99 1.2 Z",
}

function element(tag, words = "", attributes = {}) {
  const made = document.createElement(tag)
  made.textContent = words
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}

function mark(look) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  drawing.setAttribute("viewBox", "0 0 12 12")
  drawing.setAttribute("aria-hidden", "true")
  if (SHAPES[look.shape]) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path")
    path.setAttribute("d", SHAPES[look.shape])
    path.setAttribute("fill", look.filled ? look.colour : "#fff")
    path.setAttribute("stroke", look.colour)
    path.setAttribute("stroke-width", "1.6")
    drawing.append(path)
  }
  return drawing
}

function cell(told, looks) {
  const look = looks[told.level]
  const made = element("td", "", { class: "level" })
  made.style.setProperty("--colour", look.colour)
  const word = element("span", told.word, { class: told.level.startsWith("found") ? "word clear" : "word" })
  word.prepend(mark(look))
  made.append(word, element("span", told.people, { class: "people" }))
  return made
}

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".matrix")
  const table = element("table")
  table.append(element("caption", data.caption))
  const heads = element("tr")
  for (const title of [data.group, ...data.columns]) heads.append(element("th", title, { scope: "col" }))
  const head = element("thead")
  head.append(heads)
  table.append(head)
  let body = null
  let under = null
  data.rows.forEach((row, number) => {
    if (row.under !== under) {
      under = row.under
      body = element("tbody")
      const section = element("tr", "", { class: "section" })
      const title = element("th", "", { scope: "rowgroup", colspan: data.columns.length + 1 })
      title.append(element("span", under))
      section.append(title)
      body.append(section)
      table.append(body)
      if (number >= data.first) section.hidden = true
    }
    const line = element("tr")
    const name = element("th", "", { scope: "row" })
    const button = element("button", row.name, { type: "button" })
    button.onclick = () => setTriggerValue("group", row.address)
    name.append(button)
    line.append(name, ...row.cells.map((told) => cell(told, data.looks)))
    line.append(element("td", row.total, { class: "total" }))
    line.hidden = number >= data.first
    body.append(line)
  })
  const wide = element("div", "", { class: "wide", role: "group", tabindex: "0", "aria-label": data.caption })
  wide.append(table)
  host.replaceChildren(element("p", data.hint, { class: "hint" }), wide)
  if (data.rows.length > data.first) {
    const more = element("button", data.more, { type: "button", class: "more" })
    more.onclick = () => {
      const hidden = table.querySelectorAll("tr[hidden]")
      hidden.forEach((line) => line.removeAttribute("hidden"))
      more.remove()
      hidden[hidden[0].classList.contains("section") ? 1 : 0].querySelector("button").focus()
    }
    host.append(more)
  }
}
