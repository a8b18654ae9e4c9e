import { checkAllows, policyDocuments, parseArn, storedName } from "../reading/iam";
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
    const arn = parseArn(property.text() ?? "");
    const name = arn && storedName(arn);
    if (arn === undefined || name === undefined) return [];
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
