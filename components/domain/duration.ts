const HOURS = { hour: 1, day: 24, week: 24 * 7, year: 24 * 365 } as const;
const TEXT = /^(\d{1,5}) (hour|day|week|year)s?$/;

/** A length of time of whole hours. Written as people write it: `90 days`, `1 hour`. */
export class Duration {
    private constructor(
        readonly hours: number,
        private readonly text: string,
    ) {}

    static hours(count: number): Duration {
        return Duration.parse(`${String(count)} hours`);
    }

    static days(count: number): Duration {
        return Duration.parse(`${String(count)} days`);
    }

    /** @throws {RangeError} when the text is not a whole number of hours, days, weeks or years above zero. */
    static parse(text: string): Duration {
        const match = TEXT.exec(text);
        const count = Number(match?.[1]);
        if (match === null || count === 0) {
            throw new RangeError(
                `'${text}' is not a duration; write a whole number and a unit, such as '90 days'`,
            );
        }
        const unit = match[2] as keyof typeof HOURS;
        return new Duration(count * HOURS[unit], `${String(count)} ${unit}${count === 1 ? "" : "s"}`);
    }

    static isValid(text: string): boolean {
        return TEXT.test(text) && !/^0+ /.test(text);
    }

    get days(): number {
        return this.hours / 24;
    }

    get seconds(): number {
        return this.hours * 3600;
    }

    /** As Go's `time.ParseDuration` and so Kubernetes and ESO read it, e.g. `1h0m0s` is written `1h`. */
    toGo(): string {
        return `${String(this.hours)}h`;
    }

    toString(): string {
        return this.text;
    }
}
