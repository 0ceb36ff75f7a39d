// Whether the part of the page that renews itself still does: htmx itself keeps silent about it.
document.addEventListener('htmx:afterRequest', answer => {
  document.getElementById('stale').hidden = answer.detail.successful === true;
});
