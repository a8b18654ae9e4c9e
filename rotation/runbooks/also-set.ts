import type { AlsoSet, Field } from "../../components/domain/catalogue";
import { code } from "../../components/domain/markdown";
import { parseTemplate } from "../../components/domain/template";
import type { PlatformConfig } from "../../stacks/config/schema";
import type { Step } from "./markdown";
import { composedOf } from "./readers";
import { secretKey, whereabouts } from "./store-names";
import type { Place, Subject } from "./subject";

/** What to do besides the store, before the ledger changes and after the deployment. */
export interface Elsewhere {
    readonly before: readonly Step[];
    readonly after: readonly Step[];
    /** Once nobody uses the old value. */
    readonly last: readonly Step[];
}

const NOTHING: Elsewhere = { before: [], after: [], last: [] };

export const alsoSetOf = (field: Field): AlsoSet | undefined =>
    field.kind === "generated" ? field.alsoSet : undefined;

/** The reader that is the database itself: it learns the value by a command, not by a restart. */
export function serverOf(field: Field): string | undefined {
    const alsoSet = alsoSetOf(field);
    return alsoSet?.in === "postgresql" ? alsoSet.server : undefined;
}

export function elsewhere(subject: Subject, place: Place): Elsewhere {
    const alsoSet = alsoSetOf(subject.field);
    if (alsoSet === undefined) return NOTHING;
    switch (alsoSet.in) {
        case "postgresql":
            return { ...NOTHING, after: [postgresql(alsoSet, subject, place)] };
        case "redis":
            return redis(alsoSet, subject, place);
        case "minio":
            return minio(alsoSet, subject, place);
        case "place":
            return { ...NOTHING, last: [inPlace(alsoSet, subject, place)] };
    }
}

/** Not echoed, and no argument of a process: only the shell's own `printf` writes it. */
const take = (name: string, subject: Subject, place: Place): string =>
    `${name}="$(${readValue(subject, place)})"`;

function postgresql({ role, host }: AlsoSet & { in: "postgresql" }, subject: Subject, place: Place): Step {
    const address = host === undefined ? undefined : settingOf(subject, place, host);
    const client = "psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname postgres";
    const admin = '--username "${DB_ADMIN:?}"';
    const run =
        address === undefined
            ? `${client} --host "\${DB_HOST:?}" ${admin}`
            : isService(address)
              ? `${place.kubectl} exec --stdin service/${address} -- ${client} ${admin}`
              : `${client} --host ${address} ${admin}`;
    const named = role ?? "%s";
    const unset = [
        "`DB_ADMIN` to a role that may change others",
        ...(address === undefined ? ["`DB_HOST` to the host of the database"] : []),
        ...(role === undefined ? ["`DB_ROLE` to the role that the application signs in as"] : []),
    ];
    return {
        text: `Give the database the new password, which nothing prints. Set ${unset.join(", ")}.`,
        lines: [
            take("NEW", subject, place),
            `printf "SET log_statement TO 'none'; ALTER ROLE ${named} PASSWORD '%s';\\n" ${role === undefined ? '"${DB_ROLE:?}" ' : ""}"\${NEW:?}" |`,
            `  ${run}`,
            "unset NEW",
        ],
    };
}

function redis({ host }: AlsoSet & { in: "redis" }, subject: Subject, place: Place): Elsewhere {
    const address = settingOf(subject, place, host) ?? "";
    const script = "read -r REDISCLI_AUTH; export REDISCLI_AUTH; redis-cli -x CONFIG SET requirepass";
    const run = isService(address)
        ? [
              `printf '%s\\n%s' "\${OLD:?}" "\${NEW:?}" |`,
              `  ${place.kubectl} exec --stdin service/${address} -- sh -c '${script}'`,
          ]
        : [
              `printf '%s' "\${NEW:?}" |`,
              `  REDISCLI_AUTH="\${OLD:?}" redis-cli -h ${address} -x CONFIG SET requirepass`,
          ];
    return {
        ...NOTHING,
        before: [
            {
                text: "Keep the password in use for the same shell: Redis asks for it before it takes another.",
                lines: [take("OLD", subject, place)],
            },
        ],
        after: [
            {
                text: "Give Redis the new password, in the shell that has the old one. It answers OK. Redis forgets it when it restarts: whoever runs it puts the new one into its configuration, too.",
                lines: [take("NEW", subject, place), ...run, "unset OLD NEW"],
            },
        ],
    };
}

function minio({ id, secret }: AlsoSet & { in: "minio" }, subject: Subject, place: Place): Elsewhere {
    const read = (fieldName: string): string => readValue({ ...subject, fieldName }, place);
    const set = [
        `NEW_ID="$(${read(id)})"`,
        `NEW_SECRET="$(${read(secret)})"`,
        `printf '%s\\n' "\${NEW_ID:?}" "\${NEW_SECRET:?}" | mc admin user add "\${MINIO:?}"`,
        "unset NEW_ID NEW_SECRET",
    ];
    const alias = "Set `MINIO` to your alias of it in `mc`, as an administrator.";
    if (subject.fieldName !== id) {
        return {
            ...NOTHING,
            after: [{ text: `Give the user its new secret in the object storage. ${alias}`, lines: set }],
        };
    }
    return {
        before: [
            {
                text: `Keep the id in use for the same shell, and note the policies of its user. ${alias}`,
                lines: [
                    `OLD_ID="$(${read(id)})"`,
                    `mc admin user info "\${MINIO:?}" "\${OLD_ID:?}" | grep Policy`,
                ],
            },
        ],
        after: [
            {
                text: "A new id is a new user. Create it in the object storage, in the same shell, and give it each policy that the old one had: set `POLICY` to its name.",
                lines: [
                    ...set.slice(0, -1),
                    `mc admin policy attach "\${MINIO:?}" "\${POLICY:?}" --user "\${NEW_ID:?}"`,
                    "unset NEW_ID NEW_SECRET",
                ],
            },
        ],
        last: [
            {
                text: "Remove the old user of the object storage.",
                lines: [`mc admin user remove "\${MINIO:?}" "\${OLD_ID:?}"`],
            },
        ],
    };
}

function inPlace({ where }: AlsoSet & { in: "place" }, subject: Subject, place: Place): Step {
    return {
        text: `Put the new value into ${where}. This copies it without showing it; clear the clipboard after.`,
        lines: [`${readValue(subject, place)} | clip`],
    };
}

/** The command that writes the value; where no key of its own holds it, it is cut out of the URL that does. */
export function readValue({ platform, documentName, fieldName }: Subject, place: Place): string {
    const own = whereabouts(place.stack.config, platform, documentName, fieldName)?.read;
    if (own !== undefined) return own;
    const reader = Object.values(platform.consumers);
    for (const name of composedOf(platform, documentName, fieldName)) {
        const [inDocument = "", inField = ""] = name.split(".");
        const field = platform.documents[inDocument]?.fields[inField];
        if (field?.kind !== "composed" || field.variable === undefined) continue;
        const { variable } = field;
        const consumer = reader.find(({ reads }) => reads.includes(variable));
        const isPassword = parseTemplate(field.template, inDocument).some(
            (part, at, parts) =>
                "document" in part &&
                part.document === documentName &&
                part.field === fieldName &&
                endsInColon(parts[at - 1]),
        );
        if (consumer === undefined || !isPassword) continue;
        const [, , context = "", , namespace = ""] = place.kubectl.split(" ");
        const whole = secretKey(context, namespace, consumer.secretName, variable);
        return `${whole} | sed -E 's#^[^:]+://[^:]*:([^@]*)@.*$#\\1#'`;
    }
    throw new Error(
        `nothing holds ${code(`${documentName}.${fieldName}`)} in ${place.stack.stack}, and it is also set elsewhere`,
    );
}

const endsInColon = (part: object | undefined): boolean =>
    part !== undefined && "text" in part && String(part.text).endsWith(":");

function settingOf({ platform }: Subject, { stack }: Place, name: string): string | undefined {
    const settings: PlatformConfig["settings"] = stack.config.platforms[platform.name]?.settings ?? {};
    const text = settings[name] ?? platform.config[name]?.default;
    return text === undefined ? undefined : String(text);
}

/** A host without a dot is a Service of the platform's own namespace. */
const isService = (host: string): boolean => !host.includes(".");
