// Finds as you type: the same page is asked for, and what it found takes the place of what stands there.
const box = document.getElementById("q");
const place = document.getElementById("found");
let asked = 0;
let waiting;

async function find() {
  const mine = ++asked;
  const to = new URL("/knowledge", location.href);
  if (box.value.trim()) to.searchParams.set("q", box.value);
  try {
    const answer = await fetch(to, { headers: { "x-backstride-token": document.body.dataset.token } });
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asked) return;
    const count = document.getElementById("count");
    const fresh = page.getElementById("found");
    count.textContent = page.getElementById("count").textContent; // the same element, so that it is read out
    fresh.querySelector("#count").replaceWith(count);
    place.replaceChildren(...fresh.childNodes);
    history.replaceState(null, "", to);
  } catch {
    // The server is gone: the button still says so.
  }
}

box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, 120);
});
