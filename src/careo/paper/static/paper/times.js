// Beside an hour in the time of the place: the reader's own, where the reader's clock shows another. The text that came
// with the page stays as it is; without this script, or where the browser cannot tell its zone, it is all there is.
const THE_DAY = { year: "numeric", month: "2-digit", day: "2-digit" };
const THE_HOUR = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

function minutesEast(written) {
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)$/.exec(written) || [];
  if (!sign) return 0; // "Z"
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

// In the page's language; with the day where the reader's is not the place's.
function ownHour(when, written) {
  const inPage = document.documentElement.lang;
  const language = inPage === "en" ? "en-GB" : inPage || undefined; // "4 March", as the page has it
  const here = new Intl.DateTimeFormat("sv", THE_DAY).format(when);
  const day = here === written.slice(0, 10) ? {} : { day: "numeric", month: "long" };
  return new Intl.DateTimeFormat(language, { ...day, ...THE_HOUR }).format(when);
}

for (const time of document.querySelectorAll("time[data-own]")) {
  const written = time.getAttribute("datetime");
  const when = new Date(written);
  if (Number.isNaN(when.getTime()) || -when.getTimezoneOffset() === minutesEast(written)) continue;
  time.append(` (${time.dataset.own.replace("HOUR", ownHour(when, written))})`);
}
