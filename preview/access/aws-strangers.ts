import type { AwsIdentity } from "./aws-identities";
import { EVERYBODY } from "./aws-requests";
import type { Principals } from "./iam-policy";
import type { Register } from "./register";

/** Whom policies let in by name: identities of the stacks, and principals that no stack owns. */
export class AwsStrangers {
    readonly #owned = new Map<string, AwsIdentity>();
    readonly #others = new Map<string, AwsIdentity>();

    constructor(
        owned: readonly AwsIdentity[],
        readonly register: Register,
    ) {
        for (const each of owned) if (each.arn !== undefined) this.#owned.set(each.arn, each);
    }

    all(): readonly AwsIdentity[] {
        return [...this.#others.values()];
    }

    /** Principals of a statement but for the account itself, which leaves the decision to IAM policies. */
    of(principals: Principals | undefined, account: string | undefined): readonly AwsIdentity[] {
        if (principals === undefined) return [];
        const aws = principals.aws.filter(
            (each) => account === undefined || (each !== account && !each.endsWith(`::${account}:root`)),
        );
        return [
            ...(principals.everyone ? [this.#stranger("*", "principal", EVERYBODY)] : []),
            ...aws.map((each) => this.byArn(each)),
            ...principals.services.map((each) => this.#stranger(each, "service", each)),
        ];
    }

    byArn(principal: string): AwsIdentity {
        const [, account, role] = /^arn:[^:]+:sts::(\d+):assumed-role\/([^/]+)\//u.exec(principal) ?? [];
        const owner = [...this.#owned.values()].find(
            (each) => each.kind === "role" && each.name === role && each.account === account,
        );
        return this.#owned.get(principal) ?? owner ?? this.#stranger(principal, "principal", principal);
    }

    /** Identities of an account that are declared; a principal that is a whole account stands for them. */
    ownedBy(account: string): readonly AwsIdentity[] {
        return [...this.#owned.values()].filter((each) => each.account === account);
    }

    #stranger(arn: string, kind: "principal" | "service", name: string): AwsIdentity {
        const known = this.#others.get(arn);
        if (known !== undefined) return known;
        const account =
            kind === "service" || arn === "*" ? undefined : arn.startsWith("arn:") ? arn.split(":")[4] : arn;
        const stranger: AwsIdentity = {
            system: "aws",
            kind,
            name,
            serviceAccounts: [],
            arn,
            account: account === "" ? undefined : account,
            ...(account === undefined || account === "" ? {} : { realm: account }),
            tags: new Map(),
            statements: [],
            trust: [],
            isStranger: true,
        };
        this.#others.set(arn, stranger);
        return this.register.add(stranger);
    }
}
