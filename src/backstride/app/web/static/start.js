// Files dropped anywhere on the page are handed over in parts, and how far reading is comes as it happens.
import { watch } from "/static/far.js";

const LARGE = 8 * 1024 * 1024, PART_FILES = 400, PART_BYTES = 16 * 1024 * 1024;
const token = document.body.dataset.token, $ = (id) => document.getElementById(id);
const form = $("form"), words = form.dataset;
for (const each of document.querySelectorAll(".only-script")) each.hidden = false;
for (const each of document.querySelectorAll(".without-script")) each.hidden = true;

let handing = null;

// Not fetch, which does not say how much of a large file is on its way.
function send(url, body, tell) {
  return new Promise((done, fail) => {
    const asked = new XMLHttpRequest();
    if (handing) handing.asked = asked;
    asked.open("POST", url);
    asked.setRequestHeader("x-backstride-token", token);
    asked.upload.onprogress = ({ loaded }) => tell?.(loaded);
    asked.onload = () => {
      let told = {};
      try { told = JSON.parse(asked.responseText); } catch { /* a page, not for us */ }
      if (asked.status < 300) done(told);
      else fail(new Error(told.faults?.join(" ") || words.failed));
    };
    asked.onerror = () => fail(new Error(words.failed));
    asked.onabort = () => fail(new Error(words.stopped));
    asked.send(body);
  });
}

function show(line, done, of) {
  $("far").hidden = $("far-bar").hidden = false;
  $("far-over").hidden = $("far-busy").hidden = true;
  $("far-line").textContent = line;
  if (of) { $("far-bar").max = of; $("far-bar").value = done; } else $("far-bar").removeAttribute("value");
}

function failed(error) {
  $("far").hidden = false;
  $("far-bar").hidden = $("far-sending").hidden = true;
  $("far-line").textContent = $("far-heard").textContent = error.message;
}

async function hand(find) {
  if (handing) return;
  const key = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  handing = { stopped: false, asked: null };
  $("far-sending").hidden = false;
  show(words.looking, 0, 0);
  $("far").scrollIntoView({ block: "nearest" });
  let begun = false;
  try {
    const files = await find();
    if (!files.length) throw new Error(words.empty);
    const all = files.reduce((sum, each) => sum + each.file.size, 0) || 1;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    let sent = 0, bytes = 0;
    const tell = (more = 0) => {
      const done = Math.min(all, bytes + more);
      show(words.sending.replace("%n", number.format(sent)).replace("%of", number.format(files.length)).replace("%share", Math.floor(100 * done / all) + "%"), done, all);
    };
    const hand_over = async (url, body, count, size) => {
      if (handing.stopped) throw new Error(words.stopped);
      begun = true;
      await send(url, body, (loaded) => tell(Math.min(size, loaded)));
      sent += count; bytes += size;
      tell();
    };
    let part = [], size = 0;
    const flush = async () => {
      if (!part.length) return;
      const body = new FormData();
      body.append("key", key);
      for (const { file, name } of part) body.append("files", file, name);
      const [count, weight] = [part.length, size];
      part = []; size = 0;
      await hand_over("/start/upload", body, count, weight);
    };
    tell();
    for (const each of files) {
      if (each.file.size > LARGE) {
        await hand_over(`/start/piece?key=${key}&name=${encodeURIComponent(each.name)}`, each.file, 1, each.file.size);
        continue;
      }
      part.push(each); size += each.file.size;
      if (part.length >= PART_FILES || size >= PART_BYTES) await flush();
    }
    await flush();
    if (handing.stopped) throw new Error(words.stopped);
    await send("/start/begin", keyed(key));
    begun = false;
    handing = null;
    $("far-sending").hidden = true;
    reading();
  } catch (error) {
    handing = null;
    failed(error);
    if (begun) send("/start/forget", keyed(key)).catch(() => {});
  }
}

function keyed(key) {
  const body = new FormData();
  body.append("key", key);
  return body;
}

function reading() {
  $("far").hidden = $("far-busy").hidden = $("far-bar").hidden = false;
  $("far-over").hidden = true;
  watch("/start/progress", () => { if (!handing) location.reload(); });
}

// A folder gives its files one by one, with the way to each.  Its other kinds of entries are left to the reader.
async function inside(entry, way = "", found = []) {
  if (entry.isFile) {
    found.push({ file: await new Promise((done, fail) => entry.file(done, fail)), name: way + entry.name });
    return found;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return found;
    for (const each of some) await inside(each, `${way}${entry.name}/`, found);
  }
}

const chosen = (input) => async () => [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
form.addEventListener("submit", (event) => event.preventDefault());
for (const id of ["chosen", "folder"]) $(id).addEventListener("change", () => { if ($(id).files.length) hand(chosen($(id))); });
$("sending-stop").addEventListener("click", () => { if (handing) { handing.stopped = true; handing.asked?.abort(); } });
addEventListener("beforeunload", (event) => { if (handing) event.preventDefault(); });

const brings = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
addEventListener("dragover", (event) => {
  if (!brings(event)) return;
  event.preventDefault();
  document.body.classList.add("over");
});
addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("over"); });
addEventListener("drop", (event) => {
  document.body.classList.remove("over");
  if (!brings(event)) return;
  event.preventDefault();
  // Both must be asked for now: after the first wait the browser has emptied them.
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const plain = [...event.dataTransfer.files].map((file) => ({ file, name: file.name }));
  hand(async () => {
    if (!entries.length) return plain;
    const found = [];
    for (const each of entries) await inside(each, "", found);
    return found;
  });
});
if (!$("far-busy").hidden) reading();
