// The body map: a tap on a place ticks its box, and a box that is ticked shows on every figure.
const marks = map => [...map.querySelectorAll('input[name="at"]')];

function show(map) {
  const ticked = marks(map).filter(box => box.checked);
  const chosen = new Set(ticked.map(box => box.value));
  for (const place of map.querySelectorAll(".place")) place.classList.toggle("chosen", chosen.has(place.dataset.region));
  const said = map.querySelector("[data-marked]");
  const names = ticked.map(box => box.parentElement.textContent.trim());
  const legs = new Set(ticked.map(box => box.dataset.leg).filter(Boolean));
  const words = names.length ? [`${said.dataset.marked} ${names.join("; ")}.`] : [said.dataset.none];
  if (legs.has("left")) words.push(said.dataset.legLeft);
  if (legs.has("right")) words.push(said.dataset.legRight);
  said.textContent = words.join(" ");
}

for (const map of document.querySelectorAll(".where")) {
  map.classList.add("live");
  map.querySelector(".as-list").open = false;
  map.addEventListener("change", () => show(map));
  map.addEventListener("click", event => {
    const place = event.target.closest(".place");
    const box = place && marks(map).find(each => each.value === place.dataset.region);
    if (!box) return;
    box.checked = !box.checked;
    show(map);
  });
  show(map);
}

// Where nothing hurts, places and timing are not asked.
for (const form of document.querySelectorAll("form")) {
  const hide = () => {
    const score = form.querySelector('input[name="score"]:checked');
    for (const part of form.querySelectorAll("[data-with-pain]")) part.hidden = score !== null && score.value === "0";
  };
  if (form.querySelector("[data-with-pain]")) {
    form.addEventListener("change", hide);
    hide();
  }
}
