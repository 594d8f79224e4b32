// The record: what is pointed at is named above its picture, arrow keys move from run to run, and along a run
// a line tells the value of every row.  Without this the pictures, their links and tables are the same.

const SVG = "http://www.w3.org/2000/svg";

/** The line above a picture that names what is pointed at. */
function naming(section) {
  const line = section?.querySelector("[data-pointed]");
  if (!line) return () => {};
  line.hidden = false;
  const usual = line.textContent;
  return (words) => {
    line.textContent = words || usual;
  };
}

/** The words of whatever lies under the pointer or has the focus: its title. */
function wordsOf(target) {
  const named = target.closest?.("a, rect, circle, path, g");
  return named?.querySelector(":scope > title, title")?.textContent ?? "";
}

/** One stop for the tab key, arrows from run to run. */
function walkable(picture) {
  const links = [...picture.querySelectorAll("a")];
  if (!links.length) return;
  const only = (link) => {
    for (const each of links) each.setAttribute("tabindex", each === link ? "0" : "-1");
  };
  only(links[links.length - 1]);
  picture.addEventListener("keydown", (event) => {
    const at = links.indexOf(document.activeElement);
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    let to = at;
    if (event.key in steps) to = at + steps[event.key];
    else if (event.key === "Home") to = 0;
    else if (event.key === "End") to = links.length - 1;
    else return;
    event.preventDefault();
    const link = links[Math.min(links.length - 1, Math.max(0, to))];
    only(link);
    link.focus();
  });
}

for (const picture of document.querySelectorAll(".calendar, .lanes")) {
  const name = naming(picture.closest("section"));
  picture.addEventListener("pointerover", (event) => name(wordsOf(event.target)));
  picture.addEventListener("pointerleave", () => name(""));
  picture.addEventListener("focusin", (event) => name(wordsOf(event.target)));
  picture.addEventListener("focusout", () => name(""));
  walkable(picture);
}

/** A line that follows the pointer, or the left and right arrow keys, over every row of one run. */
async function followed(box) {
  const told = await (await fetch(box.dataset.channels)).json();
  const last = told.at.length - 1;
  const pictures = [...box.querySelectorAll("svg")].map((svg) => drawable(svg, box.dataset.none));
  const name = naming(box.closest("section"));
  let at = null;

  const words = (place) =>
    [told.at[place], ...told.traces.map((each) => `${each.title} ${each.said[place] ?? box.dataset.none}`)].join(" · ");
  const show = (place) => {
    at = Math.min(last, Math.max(0, place));
    for (const draw of pictures) draw((at + 0.5) / told.at.length, told.traces, at);
    box.setAttribute("aria-valuenow", String(at));
    box.setAttribute("aria-valuetext", words(at));
    name(told.at[at]);
  };

  box.tabIndex = 0;
  box.setAttribute("role", "slider");
  box.setAttribute("aria-label", box.dataset.label);
  box.setAttribute("aria-valuemin", "0");
  box.setAttribute("aria-valuemax", String(last));
  box.setAttribute("aria-valuenow", "0");
  box.setAttribute("aria-valuetext", words(0));
  box.addEventListener("pointermove", (event) => {
    const svg = event.target.closest("svg");
    if (!svg) return;
    const wide = svg.viewBox.baseVal.width;
    const edge = Number(svg.dataset.edge);
    const frame = svg.getBoundingClientRect();
    const x = ((event.clientX - frame.left) / frame.width) * wide;
    show(Math.floor(((x - edge) / (wide - 2 * edge)) * told.at.length));
  });
  box.addEventListener("focus", () => show(at ?? 0));
  box.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 20, PageDown: -20 };
    if (event.key in steps) show((at ?? 0) + steps[event.key]);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(last);
    else return;
    event.preventDefault();
  });
}

/** Draws the line into one picture, and each row's value beside the row's name. */
function drawable(svg, none) {
  const wide = svg.viewBox.baseVal.width;
  const edge = Number(svg.dataset.edge);
  const line = svg.appendChild(document.createElementNS(SVG, "path"));
  line.setAttribute("class", "at");
  const said = new Map();
  for (const name of svg.querySelectorAll("[data-trace]")) {
    const text = document.createElementNS(SVG, "tspan");
    text.setAttribute("class", "said");
    text.setAttribute("dx", "8");
    name.append(text);
    said.set(name.dataset.trace, text);
  }
  return (share, traces, at) => {
    const x = edge + share * (wide - 2 * edge);
    line.setAttribute("d", `M${x.toFixed(1)} 0V${svg.dataset.floor}`);
    for (const each of traces) {
      const text = said.get(each.name);
      if (text) text.textContent = each.said[at] ?? none;
    }
    svg.classList.add("pointing");
  };
}

for (const box of document.querySelectorAll("[data-channels]")) followed(box);
