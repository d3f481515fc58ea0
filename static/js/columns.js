// Enter in a box that has a button of its own (data-enter) presses that button; in one of several lines Ctrl+Enter does.

document.addEventListener("keydown", (event) => {
  const part = event.key === "Enter" && !event.isComposing && event.target.closest("[data-enter]");
  const isMeant = event.target.matches("input") || (event.target.matches("textarea") && (event.ctrlKey || event.metaKey));
  if (!part || !isMeant) return;
  event.preventDefault();
  part.querySelector("button").click();
});
