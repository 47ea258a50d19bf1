// The last two minutes of one number.

const seconds = 120;
const width = 240;
const height = 40;
const hole = 3;  // seconds without a value: the line is interrupted there

const make = (name, of) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    made.setAttribute("class", of);
    return made;
};

export class Chart {
    #svg;
    #name;
    #text;
    #points = [];
    #area = make("path", "area");
    #line = make("path", "line");

    /// `name` is what it shows, `text` makes a number readable: for those who cannot see it.
    constructor(svg, name, text) {
        this.#svg = svg;
        this.#name = name;
        this.#text = text;
        svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
        svg.setAttribute("preserveAspectRatio", "none");
        const base = make("line", "base");
        base.setAttribute("x2", width);
        base.setAttribute("y1", height - 0.5);
        base.setAttribute("y2", height - 0.5);
        svg.replaceChildren(base, this.#area, this.#line);
    }

    /// `at` in seconds, of any clock that does not go back.
    add(at, value) {
        this.#points.push({at, value});
        this.#points = this.#points.filter((each) => each.at > at - seconds);
        this.#draw(at);
    }

    get peak() {
        return Math.max(0, ...this.#points.map((each) => each.value));
    }

    #draw(now) {
        const top = this.peak || 1;
        const place = ({at, value}) => [
            (width * (1 - (now - at) / seconds)).toFixed(1),
            (height - 1 - (height - 3) * value / top).toFixed(1),
        ];
        let line = "";
        let area = "";
        for (const run of this.#runs()) {
            const places = run.map(place);
            const path = places.map((each) => each.join(" ")).join("L");
            line += `M${path}`;
            area += `M${places[0][0]} ${height}L${path}L${places.at(-1)[0]} ${height}Z`;
        }
        this.#line.setAttribute("d", line);
        this.#area.setAttribute("d", area);
        this.#svg.setAttribute("aria-label",
            `${this.#name} in the last two minutes: now ` +
            `${this.#text(this.#points.at(-1).value)}, at most ${this.#text(this.peak)}`);
    }

    #runs() {
        const runs = [];
        let last = -Infinity;
        for (const each of this.#points) {
            if (each.at - last > hole) runs.push([]);
            runs.at(-1).push(each);
            last = each.at;
        }
        return runs;
    }
}
