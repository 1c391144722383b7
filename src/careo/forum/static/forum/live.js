// New posts appear below what is there. Where they would move what is being read or written, a button offers them.
// The stream tells a number alone; the posts are asked for as this reader may see them. A stream that ends is opened
// anew: at once by the browser where the server ended it, later and later where it cannot be opened.
const posts = document.querySelector("[data-live]");
const offer = document.querySelector(".newcomers");
const SPREAD = 10; // milliseconds for each who listens, so that not all ask in the same moment
const FIRST_WAIT = 5000;
const LONGEST_WAIT = 300000;

let newest = Number(posts?.dataset.newest);
let shown = newest;
let wait = FIRST_WAIT;
let asking = null;

function listen() {
  const stream = new EventSource(`${posts.dataset.live}?after=${newest}`);
  stream.addEventListener("open", () => (wait = FIRST_WAIT));
  stream.addEventListener("message", (event) => {
    const told = JSON.parse(event.data);
    if (told.newest > newest) hear(told);
  });
  stream.addEventListener("error", () => {
    if (stream.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    setTimeout(listen, wait);
    wait = Math.min(2 * wait, LONGEST_WAIT);
  });
}

function hear(told) {
  newest = told.newest;
  asking ??= setTimeout(() => {
    asking = null;
    if (posts.dataset.elsewhere || !wouldStayStill()) propose();
    else bring().catch(propose);
  }, Math.random() * SPREAD * told.listeners);
}

// Below the window's edge nothing moves that can be seen. A tab nobody looks at is not asked for words.
const wouldStayStill = () => !document.hidden && posts.getBoundingClientRect().bottom >= innerHeight;

async function bring() {
  const answer = await fetch(`${posts.dataset.new}?after=${shown}`, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const piece = page.querySelector("[data-last]");
  const articles = [...piece.querySelectorAll("article")].filter((one) => !document.getElementById(one.id));
  for (const one of piece.querySelectorAll("article")) document.querySelector(`#${one.id}.hidden-post`)?.replaceWith(one);
  if (!posts.querySelector("article")) posts.replaceChildren();
  posts.append(...articles);
  shown = Number(piece.dataset.last);
  if (Number(piece.dataset.more)) propose();
  else offer.replaceChildren(say(articles.length));
  return articles;
}

const words = (n) => (n === 1 ? posts.dataset.one : posts.dataset.many.replace("{n}", n));

// For those who hear the page; nothing of it is seen.
function say(n) {
  const told = document.createElement("span");
  told.className = "unseen";
  told.textContent = n ? words(n) : "";
  return told;
}

function propose() {
  const link = posts.dataset.elsewhere;
  const way = document.createElement(link ? "a" : "button");
  way.className = "button";
  way.textContent = words(newest - shown);
  if (link) way.href = link;
  else way.addEventListener("click", () => bring().then((articles) => articles[0]?.focus(), propose));
  offer.replaceChildren(way);
}

if (posts && window.EventSource) listen();
