import { beforeWildcard, checkAllows, matches, parseArn, policyDocuments, storedName } from "../reading/iam";
import type { Property } from "../reading/property";
import { IAM_POLICIES } from "../reading/types";
import { each, violation, type Finding, type ResourceRule } from "../rule";

/**
 * Secrets Manager appends a hyphen and six characters to a name. `name*` therefore also matches `name-admin`, and the
 * bare name matches nothing: a consumer that may read nothing is an error as well.
 *
 * What it can't tell: a bare name that itself ends in a hyphen and six characters looks like an exact ARN. A document
 * that is not known yet is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "IAM-03",
    name: "iam-03-secret-arns-end-exactly",
    description:
        "ARNs of secrets end in '-??????' or in their exact suffix, and ARNs of parameters are exact.",
    severity: "high",
    remediationSteps: "End the ARN of a secret in '-??????'; write the ARN of a parameter in full.",
    url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html",
    peers: [],
    types: new Set(IAM_POLICIES),
    check: (resource) =>
        each(policyDocuments(resource), (document) =>
            checkAllows(document, ({ resources }) => resources.flatMap(checkEnd)),
        ),
};

function checkEnd(property: Property): Finding[] {
    const text = property.text() ?? "";
    const arn = parseArn(text);
    const name = arn && storedName(arn);
    if (arn === undefined || name === undefined) {
        if (text === "*" || !mayStandForAName(text)) return [];
        const fix = "Write the ARN with its service, and 'secret:' or 'parameter/' before the name";
        return [violation(property, "may stand for any secret or parameter", fix)];
    }
    if (arn.service === "ssm") {
        return /[*?]/.test(name)
            ? [
                  violation(
                      property,
                      "also matches parameters of longer names",
                      "Write the parameter's name in full",
                  ),
              ]
            : [];
    }
    if (/^[^*?]+-(?:\?{6}|[A-Za-z0-9]{6})$/.test(name)) return [];
    const problem = /[*?]/.test(name)
        ? "also matches secrets of longer names, such as <name>-admin"
        : "is a bare name, which matches no secret";
    return [
        violation(property, problem, "End it in '-??????', which stands for what AWS appends to the name"),
    ];
}

const KINDS = [
    { service: "secretsmanager", kind: "secret:" },
    { service: "ssm", kind: "parameter/" },
];

/** `arn:aws:*` and `arn:aws:secretsmanager:us-east-1:111122223333:s*`; what stands for everything is IAM-02's business. */
function mayStandForAName(text: string): boolean {
    if (!/[*?]/.test(text)) return false;
    const [, partition = "*", named = "*", , , ...rest] = text.split(":");
    // A `*` also stands for colons.
    const pattern = partition.includes("*") ? "*" : named;
    const certain = beforeWildcard(rest.join(":"));
    return KINDS.some(
        ({ service, kind }) =>
            matches(pattern, service) && (kind.startsWith(certain) || certain.startsWith(kind)),
    );
}
