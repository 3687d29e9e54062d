"""The pages of the member centre that a buyer reads, by name."""

PAGES = {
    "overview": "/my/membership",
    "messages": "/my/membership/messages",
}
