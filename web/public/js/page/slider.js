// Sliders: the bar beside a line for a number. The line is the answer; the bar only moves it.

export function slide(form) {
  form.querySelectorAll("input[data-slides]").forEach((bar) => {
    const line = document.getElementById(bar.dataset.slides);
    const follow = () => {
      if (line.value !== "") bar.value = line.value;
      bar.classList.toggle("untouched", line.value === "");
    };
    bar.hidden = false;
    bar.addEventListener("input", () => {
      line.value = bar.value;
      bar.classList.remove("untouched");
      line.dispatchEvent(new Event("input", { bubbles: true }));
    });
    line.addEventListener("input", follow);
    follow();
  });
}
