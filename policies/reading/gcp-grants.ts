import type { Facts } from "../facts";
import { each, violation, type Checked, type Finding } from "../rule";
import type { Property } from "./property";
import { isOurPlace, isOurs, isOurServiceAccountId, namesAnotherEnvironment, prefixText } from "./scope";

const SECRET_GRANTS: ReadonlySet<string> = new Set([
    "gcp:secretmanager/secretIamMember:SecretIamMember",
    "gcp:secretmanager/secretIamBinding:SecretIamBinding",
    "gcp:secretmanager/regionalSecretIamMember:RegionalSecretIamMember",
    "gcp:secretmanager/secretIamPolicy:SecretIamPolicy",
    "gcp:secretmanager/regionalSecretIamBinding:RegionalSecretIamBinding",
    "gcp:secretmanager/regionalSecretIamPolicy:RegionalSecretIamPolicy",
]);

/** Grants on service accounts: who may act as one. */
export const ACCOUNT_GRANTS: ReadonlySet<string> = new Set([
    "gcp:serviceaccount/iAMMember:IAMMember",
    "gcp:serviceaccount/iAMBinding:IAMBinding",
    "gcp:serviceaccount/iAMPolicy:IAMPolicy",
]);

/** Grants on secrets, on service accounts and on projects. */
export const GCP_GRANTS: ReadonlySet<string> = new Set([
    ...SECRET_GRANTS,
    ...ACCOUNT_GRANTS,
    "gcp:projects/iAMMember:IAMMember",
    "gcp:projects/iAMBinding:IAMBinding",
    "gcp:projects/iAMPolicy:IAMPolicy",
]);

/** The members of a grant, as a member resource, an authoritative binding or a whole policy names them. */
export function membersOf(props: Property): readonly Property[] {
    const policy = props.at("policyData");
    const given = [...props.at("member").itemsOrUnknown(), ...props.at("members").itemsOrUnknown()];
    if (policy.isUnknown) return [...given, policy];
    if (policy.isAbsent) return given;
    const bindings = policy.parsed()?.at("bindings").items() ?? [];
    // A policy that can't be read is a member that can't be read.
    if (bindings.length === 0) return [...given, policy];
    return [...given, ...bindings.flatMap((binding) => binding.at("members").items())];
}

/** Both ends of a grant, what it is on and who gets it, and its condition, belong to this environment. */
export function checkGcpGrant({ type, props }: Checked, facts: Facts): Finding[] {
    const project = facts.gcp?.project ?? "";
    return [
        ...each([props.at("project")], (property) =>
            property.isAbsent || property.text() === project ? [] : [foreign(property, project)],
        ),
        ...(SECRET_GRANTS.has(type) ? each([props.at("secretId")], (id) => checkSecret(id, facts)) : []),
        ...(ACCOUNT_GRANTS.has(type)
            ? each([props.at("serviceAccountId")], (id) => checkAccount(id, facts))
            : []),
        ...each(membersOf(props), (member) => checkMember(member, facts)),
        ...each([props.at("condition", "expression")], (expression) => checkExpression(expression, facts)),
    ];
}

/** `devplatform_prod_db` or `projects/acme-prod/secrets/devplatform_prod_db` */
function checkSecret(property: Property, facts: Facts): Finding[] {
    const parts = (property.text() ?? "").split("/");
    const id = parts.at(-1) ?? "";
    const project = facts.gcp?.project ?? "";
    if (parts[0] === "projects" && parts[1] !== project) return [foreign(property, project)];
    if (isOurs(id, "_", facts)) return [];
    return [
        violation(
            property,
            "names a secret outside this environment",
            `Let it begin with ${prefixText("_", facts)}`,
        ),
    ];
}

/** `projects/acme-prod/serviceAccounts/devplatform-prod-backend@acme-prod.iam.gserviceaccount.com` */
function checkAccount(property: Property, facts: Facts): Finding[] {
    return isOurEmail((property.text() ?? "").split("/").at(-1) ?? "", facts)
        ? []
        : [
              violation(
                  property,
                  "names a service account outside this environment",
                  `Use one of project ${facts.gcp?.project ?? "-"} that begins with ${prefixText("-", facts)}`,
              ),
          ];
}

/** Everybody is refused by a rule of its own. */
const EVERYBODY = new Set(["allUsers", "allAuthenticatedUsers"]);

/** Groups, users and domains belong to no environment; service accounts and workloads do. */
export function checkMember(property: Property, facts: Facts): Finding[] {
    const text = property.text() ?? "";
    if (EVERYBODY.has(text)) return [];
    const [kind, name = ""] = splitOnce(text, ":");
    if (!/^[A-Za-z]+$/.test(kind)) return [strange(property, facts)];
    if (kind !== "serviceAccount") {
        return namesAnotherEnvironment(name, "-", facts) ? [strange(property, facts)] : [];
    }
    const workload = /^(.+)\.svc\.id\.goog\[([^/]*)\/([^\]]+)\]$/.exec(name);
    const ours =
        workload === null
            ? isOurEmail(name, facts)
            : workload[1] === facts.gcp?.project && isOurPlace(workload[2] ?? "", facts);
    return ours ? [] : [strange(property, facts)];
}

/** Google's own agents, which act for a service of the project, have no environment in their name. */
function isOurEmail(email: string, facts: Facts): boolean {
    const [id, domain = ""] = splitOnce(email, "@");
    if (/^gcp-sa-[a-z0-9-]+\.iam\.gserviceaccount\.com$/.test(domain)) return /^service-\d+$/.test(id);
    return (
        domain === `${facts.gcp?.project ?? ""}.iam.gserviceaccount.com` && isOurServiceAccountId(id, facts)
    );
}

function checkExpression(property: Property, facts: Facts): Finding[] {
    const words = (property.text() ?? "").split(/[^A-Za-z0-9_-]+/);
    const named = words.some(
        (word) => namesAnotherEnvironment(word, "_", facts) || namesAnotherEnvironment(word, "-", facts),
    );
    return named
        ? [violation(property, "names another environment", `Name what belongs to '${facts.environment}'`)]
        : [];
}

function strange(property: Property, facts: Facts): Finding {
    return violation(
        property,
        "is no principal of this environment",
        `Use one of project ${facts.gcp?.project ?? "-"} that begins with ${prefixText("-", facts)}`,
    );
}

function foreign(property: Property, project: string): Finding {
    return violation(property, "is not this environment's project", `Use project ${project}`);
}

function splitOnce(text: string, separator: string): [string, string?] {
    const at = text.indexOf(separator);
    return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
