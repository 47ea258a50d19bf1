// Numbers as people read them.

const plain = new Intl.NumberFormat("en", {maximumFractionDigits: 0});
const short = new Intl.NumberFormat("en", {notation: "compact", maximumFractionDigits: 2});

export function count(value) {
    return value < 1_000_000 ? plain.format(value) : short.format(value);
}

export function bytes(value) {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
        value /= 1024;
        ++unit;
    }
    const digits = unit === 0 || value >= 100 ? 0 : 1;
    return `${value.toFixed(digits)} ${units[unit]}`;
}

/// `3 d 4 h`, `4 m 12 s`: the two largest units.
export function span(seconds) {
    const units = [["d", 86_400], ["h", 3_600], ["m", 60], ["s", 1]];
    let rest = Math.floor(seconds);
    const first = units.findIndex(([, size]) => rest >= size);
    if (first < 0) return "0 s";
    return units.slice(first, first + 2).map(([name, size]) => {
        const whole = Math.floor(rest / size);
        rest %= size;
        return `${whole} ${name}`;
    }).join(" ");
}
