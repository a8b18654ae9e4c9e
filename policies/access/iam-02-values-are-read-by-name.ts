import {
    checkAllows,
    DECRYPTING_ACTIONS,
    mayDo,
    parseArn,
    policyDocuments,
    READING_ACTIONS,
    type Statement,
} from "../reading/iam";
import type { Property } from "../reading/property";
import { IAM_POLICIES } from "../reading/types";
import { each, violation, type Finding, type ResourceRule } from "../rule";

/**
 * Who may read values or decrypt says which ones. How a name must end is IAM-03's business; here no wildcard may
 * stand for a whole name. Decrypting is further bound to the service that keeps the value, since a key alone opens
 * any ciphertext made with it.
 *
 * A document that is not known yet is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "IAM-02",
    name: "iam-02-values-are-read-by-name",
    description:
        "Reading secrets and decrypting is allowed on named ARNs only, decrypting by way of a service.",
    severity: "critical",
    remediationSteps: "List the ARNs, and add the condition kms:ViaService to kms:Decrypt.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html",
    peers: ["Checkov", "Trivy", "KICS"],
    types: new Set(IAM_POLICIES),
    check: (resource) => each(policyDocuments(resource), (document) => checkAllows(document, checkStatement)),
};

function checkStatement(statement: Statement): Finding[] {
    const decrypts = mayDo(statement, DECRYPTING_ACTIONS);
    if (!decrypts && !mayDo(statement, READING_ACTIONS)) return [];
    const resource = statement.at.at("Resource");
    const unnamed = statement.resources.flatMap(checkResource);
    const everywhere =
        statement.resources.length === 0
            ? [violation(resource, "is missing, so the statement names nothing", "List the ARNs")]
            : [];
    const condition = statement.at.at("Condition");
    const unbound =
        decrypts && !isBoundToService(condition)
            ? [
                  violation(
                      condition,
                      "lets the key be used outside the store it belongs to",
                      "Add StringEquals with kms:ViaService and the service, as secretsmanager.<region>.amazonaws.com",
                  ),
              ]
            : [];
    return [...everywhere, ...unnamed, ...unbound];
}

function checkResource(property: Property): Finding[] {
    const arn = parseArn(property.text() ?? "");
    const fix = "Name each secret, parameter or key by its ARN";
    if (arn === undefined) return [violation(property, "names no single resource", fix)];
    const { partition, service, region, account, resource } = arn;
    const fixed = [partition, service, region, account].every((part) => !/[*?]/.test(part));
    // A wildcard for a whole part, or one with more behind it; `name*` of a secret or a parameter is left to IAM-03.
    const stored = service === "secretsmanager" || service === "ssm";
    const wide = /(?:^|[/:])[*?]/.test(resource) || (stored ? /\*./s : /[*?]/).test(resource);
    return fixed && !wide ? [] : [violation(property, "reaches more than what it names", fix)];
}

/** `…IfExists` lets a request through that has no such key, and a wildcard in the service's name lets others through. */
function isBoundToService(condition: Property): boolean {
    return condition.entries().some(({ key: operator, property: keys }) => {
        if (!/^(?:ForAnyValue:)?String(?:Equals(?:IgnoreCase)?|Like)$/i.test(operator)) return false;
        return keys.entries().some(({ key, property }) => {
            const services = property.texts();
            const named = services.length > 0 && services.every((text) => /^[a-z0-9-]+\./i.test(text));
            return key.toLowerCase() === "kms:viaservice" && named;
        });
    });
}
