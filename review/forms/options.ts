/** How a form is written. Each form reads what concerns it. */
export interface FormOptions {
    /** Width of a terminal. @default 100 */
    readonly columns?: number;
    /** Escape codes for a terminal; `NO_COLOR` is for the caller to ask. @default false */
    readonly color?: boolean;
    /** On a terminal: long lists as a whole. @default false: the first of them, and how many more there are */
    readonly verbose?: boolean;
    /** Of a comment, at the most, in UTF-16 units. GitHub takes 65,536 characters, GitLab 1,000,000. @default 65_000 */
    readonly limitChars?: number;
    /** Where the rest is, told where a comment was cut, e.g. `the page among the artifacts of this run`. */
    readonly whole?: string;
    /** The rules of the policy pack, for SARIF and JUnit. @default those that the review's violations name */
    readonly rules?: readonly RuleTold[];
    /**
     * In SARIF, the file to which results belong whose source is unknown. GitHub refuses a whole upload for one
     * result without a file.
     *
     * @default "Pulumi.yaml"
     */
    readonly fallbackFile?: string;
    /**
     * In SARIF, also results that are no more, as `absent`. GitHub would show them as open alerts.
     *
     * @default false
     */
    readonly withAbsent?: boolean;
}

/** A rule of the policy pack, as its table has it. */
export interface RuleTold {
    /** `iso-03-remote-keys-stay-in-the-environment`: what violations call it. */
    readonly policy: string;
    /** `ISO-03` */
    readonly id?: string;
    readonly description: string;
    /** What to do, in sentences. */
    readonly help?: string;
    /** Where the rule comes from. */
    readonly url?: string;
    readonly severity?: string;
}
