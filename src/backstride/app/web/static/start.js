// Files dropped anywhere on the page are handed over in parts, and how far reading is comes as it happens.
const LARGE = 8 * 1024 * 1024, PART_FILES = 200, PART_BYTES = 16 * 1024 * 1024;
const token = document.body.dataset.token, $ = (id) => document.getElementById(id);
const form = $("form"), far = $("far"), line = $("far-line"), bar = $("far-bar");
for (const each of document.querySelectorAll(".only-script")) each.hidden = false;

function show(words, done, of) {
  far.hidden = bar.hidden = false;
  line.textContent = words;
  bar.max = of || 1;
  bar.value = done;
}

async function send(url, body) {
  const answer = await fetch(url, { method: "POST", body, headers: { "x-backstride-token": token } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function hand(files) {
  if (!files.length) return;
  const key = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const tell = (n) => show(form.dataset.sending.replace("%n", n).replace("%of", files.length), n, files.length);
  let part = new FormData(), count = 0, bytes = 0, sent = 0;
  const flush = async () => {
    if (!count) return;
    part.append("key", key);
    await send("/start/upload", part);
    sent += count;
    tell(sent);
    part = new FormData(); count = bytes = 0;
  };
  tell(0);
  for (const { file, name } of files) {
    if (file.size > LARGE) {
      await send(`/start/piece?key=${key}&name=${encodeURIComponent(name)}`, file);
      tell(++sent);
      continue;
    }
    part.append("files", file, name);
    count += 1; bytes += file.size;
    if (count >= PART_FILES || bytes >= PART_BYTES) await flush();
  }
  await flush();
  const over = new FormData();
  over.append("key", key);
  await send("/start/begin", over);
  watch();
}

function watch() {
  $("far-busy").hidden = false; $("far-over").hidden = true;
  const events = new EventSource("/start/progress");
  events.onmessage = ({ data }) => {
    const now = JSON.parse(data);
    show(now.line, now.done, now.of);
    if (!now.busy) { events.close(); location.replace("/start"); }
  };
}

// A folder gives its files one by one, with the way to each.
async function inside(entry, way = "") {
  if (entry.isFile) return [{ file: await new Promise((done, fail) => entry.file(done, fail)), name: way + entry.name }];
  const reader = entry.createReader(), found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) break;
    for (const each of some) found.push(...await inside(each, `${way}${entry.name}/`));
  }
  return found;
}

const chosen = (input) => [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
form.addEventListener("submit", (event) => { event.preventDefault(); hand(chosen($("files"))).catch(failed); });
$("folder").addEventListener("change", () => hand(chosen($("folder"))).catch(failed));
const failed = (error) => show(`${error.message}`, 0, 1);

addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("over"); });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("over"); });
addEventListener("drop", async (event) => {
  event.preventDefault();
  document.body.classList.remove("over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const plain = [...event.dataTransfer.files].map((file) => ({ file, name: file.name }));
  try {
    await hand(entries.length ? (await Promise.all(entries.map((each) => inside(each)))).flat() : plain);
  } catch (error) { failed(error); }
});
if (!$("far-busy").hidden) watch();
