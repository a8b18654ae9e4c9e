import { addTo } from "../../components/domain/grouped";
import { nameOf, placeOf, stackOf } from "./estate";
import type { Estate } from "./estate";
import type { KubernetesEntry } from "./kubernetes-entries";
import type { Register } from "./register";
import type { Entry, Gap, Identity } from "./types";

/** Entries whose value is somebody's key: whoever reads one can become them. */
export interface Credential {
    readonly of: Identity;
    readonly entries: readonly Entry[];
    /** What makes it, as a statement is named. */
    readonly by: string;
}

/** Access keys that a document holds, and tokens that Kubernetes writes into a Secret. */
export function credentialsOf(
    estate: Estate,
    entries: readonly Entry[],
    register: Register,
): { readonly credentials: readonly Credential[]; readonly gaps: readonly Gap[] } {
    const byDocument = new Map<string, Entry[]>();
    for (const entry of entries)
        for (const document of entry.documents) addTo(byDocument, `${entry.stack} ${document}`, entry);
    const gaps: Gap[] = [];
    const users = register.of("aws").filter(({ kind }) => kind === "user");
    const keys = estate.ofType("aws:iam/accessKey:AccessKey").flatMap((key): Credential[] => {
        const name = nameOf(key, "user");
        const source = estate.source(key, "user", "aws:iam/user:User");
        const user = users.find(
            (each) =>
                (name === undefined ? each.urn === source?.urn : each.name === name) &&
                each.stack === stackOf(key),
        );
        const document = estate.above(key, "strongroom:secrets:Document");
        if (user === undefined || document === undefined) {
            gaps.push({
                place: placeOf(key),
                stack: stackOf(key),
                message: "whose key it is, or which document holds it, is not declared",
                fix: "Declare the user, and the key under the document that holds it",
            });
            return [];
        }
        const holding = byDocument.get(`${stackOf(key)} ${document.name}`) ?? [];
        return [{ of: user, entries: holding, by: `access key ${key.name}` }];
    });
    const tokens = entries.flatMap((entry): Credential[] => {
        const { tokenOf, realm } = entry as Partial<KubernetesEntry>;
        const of = tokenOf === undefined ? undefined : register.get("kubernetes", realm, tokenOf);
        return of === undefined ? [] : [{ of, entries: [entry], by: "token" }];
    });
    return { credentials: [...keys, ...tokens], gaps };
}
