import { gcpGrantsOf, gcpIamTypes, WIDE_OBJECTS } from "../reading/gcp-iam";
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
/**
 * Secret Manager inherits: an accessor of a project, a folder or an organization reads every secret below it, those
 * of tomorrow as well. A condition on the resource's name doesn't help, since it is one edit away from being wider.
 * A custom role may hold the permission to access versions, which its name does not tell: on a secret it may be bound,
 * but not here, unless the configuration says that it does not. A role or a policy that is not known yet is decided in
 * the update.
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
            description: "Further roles that hand out values.",
        },
        customRoles: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Custom roles that hand out no values, as 'projects/<project>/roles/<role>'.",
        },
    },
    types: new Set(gcpIamTypes(WIDE_OBJECTS)),
    check,
};

function check(resource: Checked, { settings }: Context): readonly Finding[] {
    const { type, props } = resource;
    const roles = [...READING_ROLES, ...listSetting(settings, "extraRoles")];
    const scope = type.slice("gcp:".length, type.indexOf("/")).replace(/s$/, "");
    const grants = gcpGrantsOf(resource);
    if (grants === undefined) {
        return [
            violation(
                props.at("policyData"),
                "can't be read, so nobody can tell what it grants",
                "Use IAMMember resources",
            ),
        ];
    }
    const harmless = listSetting(settings, "customRoles");
    const isCustom = (role: string): boolean => !role.startsWith("roles/") && !harmless.includes(role);
    return each(grants, ({ role }) =>
        roles.includes(role.text() ?? "") || isCustom(role.text() ?? "")
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
