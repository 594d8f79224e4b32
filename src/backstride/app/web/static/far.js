// How far some work is, as it happens; said aloud now and then only.
const SAY_EVERY_MS = 10_000;

export function watch(url, over) {
  const line = document.getElementById("far-line"), bar = document.getElementById("far-bar");
  const heard = document.getElementById("far-heard");
  const events = new EventSource(url);
  let said = 0;
  events.onmessage = ({ data }) => {
    const now = JSON.parse(data);
    if (!now.busy) { events.close(); over(now); return; }
    if (line.textContent !== now.line) line.textContent = now.line;
    if (now.of) { bar.max = now.of; bar.value = now.done; } else bar.removeAttribute("value");
    if (heard && Date.now() - said > SAY_EVERY_MS) { said = Date.now(); heard.textContent = now.line; }
  };
}
