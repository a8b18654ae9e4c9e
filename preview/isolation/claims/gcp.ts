import type { Estate } from "../../access/estate";
import { isMap, opened } from "../../access/estate";
import type { PropertyValue } from "../../engine/values";
import type { RenderedResource } from "../../rendering";
import { textOf, textsOf, type Claims } from "./claim";

const SECRET = /^gcp:secretmanager\/(?:secret:Secret|regionalSecret:RegionalSecret)$/u;
const GRANT = /^gcp:\w+\/\w*[iI][aA][mM](?:Member|Binding):/u;
/** Google's agents act for the project's services, and are not ours to tell apart by name. */
const AGENT = /^service-\d+@/u;

/** Projects, service accounts, keys, ids of secrets, and whoever is given a role. */
export function gcpClaims(estate: Estate, claims: Claims): void {
    for (const provider of estate.ofType("pulumi:providers:gcp"))
        claims.add("shared-system", "the GCP project", provider, textOf(provider, "project"));
    for (const account of estate.ofType("gcp:serviceaccount/account:Account"))
        claims.add("shared-principal", "the principal", account, textOf(account, "email"));
    for (const key of estate.ofType("gcp:kms/cryptoKey:CryptoKey"))
        claims.add("shared-key", "the KMS key", key, key.id);
    for (const secret of estate.ofTypeLike(SECRET)) {
        const project = textOf(secret, "project") ?? textOf(estate.get(secret.provider) ?? secret, "project");
        claims.add("shared-entry", "the secret", secret, project, textOf(secret, "secretId"));
        for (const key of keyNames(opened(secret, "replication")))
            claims.add("shared-key", "the KMS key", secret, key);
        for (const key of keyNames(opened(secret, "customerManagedEncryption")))
            claims.add("shared-key", "the KMS key", secret, key);
    }
    for (const grant of estate.ofTypeLike(GRANT)) {
        for (const property of ["member", "members"])
            for (const member of textsOf(opened(grant, property))) memberOf(grant, member, claims);
    }
}

function memberOf(grant: RenderedResource, member: string, claims: Claims): void {
    const colon = member.indexOf(":");
    const [kind, name] = [member.slice(0, colon), member.slice(colon + 1)];
    if (kind !== "serviceAccount" && !kind.startsWith("principal")) return;
    if (AGENT.test(name)) return;
    claims.add("shared-principal", "the principal", grant, name);
    const project = /^[^@]+@([^.]+)\.iam\.gserviceaccount\.com$/u.exec(name)?.[1];
    const pool = /^([^[]+)\.svc\.id\.goog\[/u.exec(name)?.[1];
    claims.add("shared-system", "the GCP project", grant, project ?? pool);
}

/** The names under `kmsKeyName`, however deep. */
function keyNames(value: PropertyValue | undefined): readonly string[] {
    if (Array.isArray(value)) return (value as readonly PropertyValue[]).flatMap(keyNames);
    if (!isMap(value)) return [];
    return Object.entries(value).flatMap(([name, each]) =>
        name === "kmsKeyName" ? textsOf(each) : keyNames(each),
    );
}
