/** What a stack asks of its clouds in a month, and what that costs, as far as it follows from what is declared. */
export interface Cost {
    /** By what they are for, the dearest first; a line without a price is in `calls` alone. */
    readonly lines: readonly CostLine[];
    /** Calls to the stores' APIs in a month of 730 hours, rounded. */
    readonly callsPerMonth: number;
    /** US dollars, by list prices. */
    readonly dollarsPerMonth: number;
    /** The day of the price table, and where it is from. */
    readonly prices: { readonly on: string; readonly sources: readonly string[] };
}

export interface CostLine {
    /** `Secrets Manager: 12 secrets`, `Secrets Manager: GetSecretValue` */
    readonly what: string;
    readonly service: string;
    /** Absent for what is kept rather than called. */
    readonly callsPerMonth?: number;
    readonly dollarsPerMonth: number;
}
