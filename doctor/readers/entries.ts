import * as v from "valibot";
import type { Seen } from "../../rotation/verify/snapshot";
import type { StoredEntry } from "../facts";
import type { StoreTarget } from "../stores";

/** AWS Secrets Manager, API reference, DescribeSecret. */
const described = v.object({
    DeletedDate: v.nullish(v.union([v.string(), v.number()])),
    VersionIdsToStages: v.nullish(v.record(v.string(), v.array(v.string()))),
});
/** AWS Systems Manager, API reference, DescribeParameters: a parameter is never without a value. */
const parameters = v.object({ Parameters: v.array(v.object({ Name: v.string() })) });
/** Google Cloud, Secret Manager API: `gcloud secrets versions list` prints a list of versions. */
const versions = v.array(v.object({ name: v.string() }));
/** HashiCorp, Vault API, KV version 2, "Read secret metadata"; times are empty until something happens. */
const kept = v.object({
    data: v.object({
        current_version: v.number(),
        versions: v.nullish(
            v.record(
                v.string(),
                v.object({ deletion_time: v.nullish(v.string()), destroyed: v.nullish(v.boolean()) }),
            ),
        ),
    }),
});

/** What the answers to a target's commands say of its entry. */
export function entryOf(target: StoreTarget, answers: readonly unknown[]): Seen<StoredEntry> {
    const found = (isDeleted: boolean, hasValue: boolean): Seen<StoredEntry> => ({
        is: "found",
        object: { isDeleted, hasValue },
    });
    switch (target.kind) {
        case "aws-secrets-manager": {
            const read = v.safeParse(described, answers[0]);
            if (!read.success) return otherAnswer;
            const { DeletedDate: deleted, VersionIdsToStages: stages } = read.output;
            const isCurrent = Object.values(stages ?? {}).some((each) => each.includes("AWSCURRENT"));
            return found(deleted !== null && deleted !== undefined, isCurrent);
        }
        case "aws-parameter-store": {
            const read = v.safeParse(parameters, answers[0]);
            if (!read.success) return otherAnswer;
            const isThere = read.output.Parameters.some(({ Name }) => Name === target.entry);
            return isThere ? found(false, true) : { is: "missing" };
        }
        case "gcp-secret-manager": {
            const read = v.safeParse(versions, answers[1]);
            return read.success ? found(false, read.output.length > 0) : otherAnswer;
        }
        case "vault": {
            const read = v.safeParse(kept, answers[0]);
            if (!read.success) return otherAnswer;
            const { current_version: current, versions: all } = read.output.data;
            const version = all?.[String(current)];
            const isGone = version?.destroyed === true || (version?.deletion_time ?? "") !== "";
            return found(false, version !== undefined && !isGone);
        }
        case "kubernetes":
            return otherAnswer;
    }
}

const otherAnswer = { is: "unread", why: "its answer is of another shape", isForbidden: false } as const;
