// A clock for holds: it starts and stops by one button, and what it counted goes into the field beside it.
for (const timer of document.querySelectorAll("[data-timer]")) {
  const [clock, button, status] = [timer.querySelector(".clock"), timer.querySelector("button"), timer.querySelector("[role=status]")];
  const down = timer.dataset.timer === "down";
  const most = Number(timer.dataset.seconds ?? Infinity);
  let began = null;
  let ticking = 0;
  const gone = () => Math.min((performance.now() - began) / 1000, most);

  function stop() {
    clearInterval(ticking);
    const seconds = Math.round(gone());
    began = null;
    button.textContent = button.dataset.start;
    if (down) {
      status.textContent = status.dataset.over;
    } else if (seconds < 1) {
      status.textContent = status.dataset.short;
    } else {
      document.getElementById(timer.dataset.into).value = seconds;
    }
  }

  function tick() {
    clock.textContent = Math.floor(down ? most - gone() : gone());
    if (gone() >= most) stop();
  }

  button.addEventListener("click", () => {
    if (began !== null) return stop();
    began = performance.now();
    status.textContent = "";
    button.textContent = button.dataset.stop;
    ticking = setInterval(tick, 200);
  });
  timer.hidden = false;
}
