import { gcpGrantsOf, gcpIamTypes, WIDE_OBJECTS } from "../reading/gcp-iam";
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
const CUSTOM_ROLES = [
    "gcp:projects/iAMCustomRole:IAMCustomRole",
    "gcp:organizations/iAMCustomRole:IAMCustomRole",
];
const READING_PERMISSION = "secretmanager.versions.access";

/**
 * Secret Manager inherits: an accessor of a project, a folder or an organization reads every secret below it, those
 * of tomorrow as well. A condition on the resource's name doesn't help, since it is one edit away from being wider.
 * A custom role that hands out values would go unseen by its name, and there is no need of one. A role or a policy that
 * is not known yet is decided in the update.
 *
 * Not seen: custom roles that somebody else declares, unless `extraRoles` names them.
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
    types: new Set([...gcpIamTypes(WIDE_OBJECTS), ...CUSTOM_ROLES]),
    check,
};

function check(resource: Checked, { settings }: Context): readonly Finding[] {
    const { type, props } = resource;
    if (CUSTOM_ROLES.includes(type)) return checkCustomRole(props);
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
    return each(grants, ({ role }) =>
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

function checkCustomRole(props: Property): Finding[] {
    return each(props.at("permissions").itemsOrUnknown(), (permission) =>
        permission.text() === READING_PERMISSION
            ? [
                  violation(
                      permission,
                      "hands out values under a name of its own",
                      "Bind roles/secretmanager.secretAccessor on each secret instead",
                  ),
              ]
            : [],
    );
}
