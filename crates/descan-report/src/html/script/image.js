// The image of the page beside the finding.

const scan = one("#scan");
/** How high a line is shown, in CSS pixels, unless that would magnify the image too much. */
const LINE = 28;
const LARGEST = 2;

/** Shows the image of a finding's page, if there is one; its line outlined and in view, or
 * the whole page if the place of the line is not known. */
const showImage = (images, at) => {
  scan.hidden = at === undefined;
  scan.replaceChildren();
  if (scan.hidden) return;
  const { url, number } = images[at.page];
  const view = make("div", undefined, at.line ? "view" : "view whole");
  const sheet = make("div", undefined, "sheet");
  const image = make("img");
  const caption = make("figcaption");
  const link = make("a", `Image of page ${number}`);
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener";
  image.alt = at.line ? `Page ${number} as it was scanned, with the line outlined` : `Page ${number} as it was scanned`;
  image.onload = () => at.line && bringIntoView(view, sheet, image, at.line);
  image.onerror = () => view.replaceChildren(make("p", `The image of page ${number} cannot be shown: ${visible(url)}`));
  image.src = url;
  sheet.append(image);
  if (at.line) {
    view.tabIndex = 0;
    view.setAttribute("role", "group");
    view.setAttribute("aria-label", `Page ${number}`);
    sheet.append(outline(at.line));
  }
  view.append(sheet);
  caption.append(link);
  scan.append(view, caption);
};

const outline = ([left, top, right, bottom]) => {
  const line = make("span", undefined, "line");
  Object.assign(line.style, {
    left: `${left * 100}%`,
    top: `${top * 100}%`,
    width: `${(right - left) * 100}%`,
    height: `${(bottom - top) * 100}%`,
  });
  return line;
};

/** Magnifies the image until the line can be read, and scrolls to the finding in it. */
const bringIntoView = (view, sheet, image, [, top, , bottom, across]) => {
  const fitting = view.clientWidth / image.naturalWidth;
  const readable = LINE / ((bottom - top) * image.naturalHeight);
  sheet.style.width = `${image.naturalWidth * Math.max(fitting, Math.min(readable, LARGEST))}px`;
  view.scrollTop = (sheet.clientHeight * (top + bottom) - view.clientHeight) / 2;
  view.scrollLeft = sheet.clientWidth * across - view.clientWidth / 2;
};
