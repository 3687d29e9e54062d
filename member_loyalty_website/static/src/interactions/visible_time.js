/**
 * Counts for how long a page is to be seen: a tab in the background does not count.
 */
export class VisibleTime {
    /**
     * @param {Document} document
     * @param {() => number} now milliseconds
     */
    constructor(document, now = () => performance.now()) {
        this.document = document;
        this.now = now;
        this.milliseconds = 0;
        this.since = null;
        this.wasSeen = false;
        this.update();
    }

    /**
     * Take notice that the page was hidden or shown.
     */
    update() {
        if (this.since !== null) {
            this.milliseconds += this.now() - this.since;
        }
        const isVisible = this.document.visibilityState === "visible";
        this.since = isVisible ? this.now() : null;
        this.wasSeen ||= isVisible;
    }

    /**
     * Return the whole seconds since this was asked last.
     *
     * @returns {number}
     */
    takeSeconds() {
        this.update();
        const seconds = Math.floor(this.milliseconds / 1000);
        this.milliseconds -= seconds * 1000;
        return seconds;
    }
}
