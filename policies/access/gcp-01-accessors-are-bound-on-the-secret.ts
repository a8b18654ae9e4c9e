import type { Property } from "../reading/property";
import {
    each,
    listSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

const READING_ROLES = ["roles/secretmanager.secretAccessor", "roles/secretmanager.admin"];
const WIDE = ["projects", "folder", "organizations"];

/**
 * Secret Manager inherits: an accessor of a project, a folder or an organization reads every secret below it, those
 * of tomorrow as well. A condition on the resource's name doesn't help, since it is one edit away from being wider.
 * A role or a policy that is not known yet is decided in the update.
 *
 * Not seen: custom roles that hold the permission to access versions, unless `extraRoles` names them.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "GCP-01",
    name: "gcp-01-accessors-are-bound-on-the-secret",
    description: "Access to GCP secrets is bound on the secret, never on a project, folder or organization.",
    severity: "critical",
    remediationSteps: "Use gcp.secretmanager.SecretIamMember on each secret.",
    url: "https://cloud.google.com/secret-manager/docs/best-practices",
    peers: [],
    settings: {
        extraRoles: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Further roles that hand out values, such as custom ones.",
        },
    },
    types: new Set(
        WIDE.flatMap((scope) =>
            ["Member", "Binding", "Policy"].map((kind) => `gcp:${scope}/iAM${kind}:IAM${kind}`),
        ),
    ),
    check,
};

function check({ type, props }: Checked, { settings }: Context): readonly Finding[] {
    const roles = [...READING_ROLES, ...listSetting(settings, "extraRoles")];
    const scope = type.slice("gcp:".length, type.indexOf("/")).replace(/s$/, "");
    const found = type.endsWith("Policy") ? rolesOfPolicy(props.at("policyData")) : [props.at("role")];
    if (found === undefined) {
        return [
            violation(
                props.at("policyData"),
                "can't be read, so nobody can tell what it grants",
                "Use IAMMember resources",
            ),
        ];
    }
    return each(found, (role) =>
        roles.includes(role.text() ?? "")
            ? [
                  violation(
                      role,
                      `hands out every secret of the ${scope}`,
                      "Bind roles/secretmanager.secretAccessor on the secret itself, by SecretIamMember",
                  ),
              ]
            : [],
    );
}

function rolesOfPolicy(policyData: Property): Property[] | undefined {
    const bindings = policyData.parsed()?.at("bindings");
    if (bindings?.isAbsent !== false) return undefined;
    return bindings.items().map((binding) => binding.at("role"));
}
