import { counted } from "./counted";

const MINUTES = { minute: 1, hour: 60, day: 60 * 24, week: 60 * 24 * 7, year: 60 * 24 * 365 } as const;
const TEXT = /^(\d{1,5}) (minute|hour|day|week|year)s?$/;
/** As Go writes durations, and so Kubernetes and External Secrets Operator: `1h30m`. */
const GO = /^(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** A length of time of whole minutes. Written as people write it: `90 days`, `1 hour`. */
export class Duration {
    static readonly zero = new Duration(0);

    private constructor(readonly minutes: number) {}

    /** @throws {RangeError} when the text is not a whole number of minutes, hours, days, weeks or years above zero. */
    static parse(text: string): Duration {
        const match = TEXT.exec(text);
        const count = Number(match?.[1]);
        if (match === null || count === 0) {
            throw new RangeError(
                `'${text}' is not a duration; write a whole number and a unit, such as '90 days'`,
            );
        }
        return new Duration(count * MINUTES[match[2] as keyof typeof MINUTES]);
    }

    /**
     * @param text as Go writes durations; seconds count as a whole minute.
     * @throws {RangeError} when it is none.
     */
    static parseGo(text: string): Duration {
        const match = GO.exec(text);
        if (match === null) throw new RangeError(`'${text}' is not a duration; write it like '1h30m'`);
        const [, hours = "0", minutes = "0", seconds = "0"] = match;
        return new Duration(Number(hours) * MINUTES.hour + Number(minutes) + Math.ceil(Number(seconds) / 60));
    }

    static isValidGo(text: string): boolean {
        return GO.test(text);
    }

    static isValid(text: string): boolean {
        return TEXT.test(text) && !/^0+ /.test(text);
    }

    plus(other: Duration): Duration {
        return new Duration(this.minutes + other.minutes);
    }

    isShorterThan(other: Duration): boolean {
        return this.minutes < other.minutes;
    }

    /** The number of days that it takes up, a begun one as a whole: steps of a ledger are days apart. */
    get wholeDays(): number {
        return Math.ceil(this.minutes / MINUTES.day);
    }

    /** In the units of its parts: `9 days 4 hours`. */
    toString(): string {
        const days = Math.floor(this.minutes / MINUTES.day);
        const hours = Math.floor((this.minutes % MINUTES.day) / MINUTES.hour);
        const minutes = this.minutes % MINUTES.hour;
        const parts = [
            [days, "day"],
            [hours, "hour"],
            [minutes, "minute"],
        ] as const;
        const there = parts.filter(([count]) => count > 0).map(([count, unit]) => counted(count, unit));
        return there.join(" ") || "0 days";
    }
}
