import { isIssued } from "../../components/domain/catalogue";
import { code } from "../../components/domain/markdown";
import { timingOf } from "../../components/domain/rotation/rotation-class";
import { stagedField } from "../../components/domain/rotation/stages";
import { elsewhere, serverOf } from "./also-set";
import {
    deploy,
    INCIDENT,
    proposedDue,
    proposedStep,
    proposedValue,
    refresh,
    restart,
    rotate,
    stamps,
    verify,
} from "./commands";
import { listed } from "./markdown";
import type { Step } from "./markdown";
import { isDrawn, toldOf } from "./subject";
import type { Place, Subject } from "./subject";

/** What a leak of the field asks for in one environment: what it breaks, then each step with its commands. */
export interface Procedure {
    readonly intro: string;
    readonly steps: readonly Step[];
}

export function leaked(subject: Subject, place: Place): Procedure {
    if (!isDrawn(place)) return renewed(subject, place);
    return place.allowances?.goesAtOnce === true ? dropped(subject, place) : rewritten(subject, place);
}

/** The old value goes at once. */
function dropped(subject: Subject, place: Place): Procedure {
    const { id, field } = subject;
    const { before, after, last } = elsewhere(subject, place);
    const intro = [
        `The leaked value goes at once, with no overlap. ${field.breaks ?? "Whoever still uses it is refused."}`,
        until(subject),
    ];
    return {
        intro: intro.join(" "),
        steps: [
            tell(subject),
            ...before,
            {
                text: `Take the leaked value out of the ledger. ${PULL_REQUEST}`,
                lines: proposedStep("compromise", id, place.stack.stack, INCIDENT),
            },
            deployed(place),
            ...after,
            ...delivered(subject, place),
            ...last,
            checked(place),
        ],
    };
}

/** It encrypts what is kept: the old value stays until that is written anew. */
function rewritten(subject: Subject, place: Place): Procedure {
    const { id, field, fieldName } = subject;
    const { stack } = place.stack;
    const { isAnnounced = false, whyNotAtOnce = "" } = place.allowances ?? {};
    const { announce } = timingOf(field.rotation.rotationClass);
    const both = isAnnounced
        ? `Readers have both keys meanwhile: ${code(stagedField(fieldName, "previous"))} of the document decrypts what is old.`
        : "Readers know one key at a time: from the deployment on they can't read what the old key encrypted, until it is written anew.";
    return {
        intro: `The leaked key is not dropped at once: ${whyNotAtOnce}. ${both} If a rotation of it is under way, the command refuses to begin another: end that one first; ${code(rotate(`status --stack ${stack}`))} shows how far it is.`,
        steps: [
            tell(subject),
            ...(isAnnounced ? [] : [kept(subject, place)]),
            {
                text: `Begin to replace the key. ${PULL_REQUEST}`,
                lines: proposedStep("compromise", id, place.stack.stack, INCIDENT),
            },
            deployed(place),
            ...delivered(subject, place),
            ...(isAnnounced
                ? [
                      {
                          text: `The new key is announced, so that every reader knows it before one writes with it. After ${announce.toString()}, let it be used: propose what this prints, then deploy, refresh and restart as above.`,
                          lines: proposedDue(stack, INCIDENT, "promote"),
                      },
                  ]
                : []),
            {
                text: `${written(place)} ${subject.platform.owner} write anew everything that the old key encrypted, and check that nothing is left. There is no command for it here: the application has it. Until then whoever has the leaked key can read that data.`,
            },
            {
                text: "Record that it was written anew, only when it was. From then on the old key can go.",
                lines: proposedStep("rewritten", id, stack, INCIDENT),
            },
            {
                text: "On the day that this names, or later, let the old key go. Then deploy once more.",
                lines: proposedDue(stack, INCIDENT, "retire"),
            },
            checked(place),
        ],
    };
}

/** What a reader that has not changed over writes under the old key comes back under it. */
function written({ allowances, rotating }: Pick<Place, "allowances" | "rotating">): string {
    if (allowances?.rewritesEarly !== false || rotating === undefined) return "Have";
    const { grace } = timingOf(rotating.rotationClass);
    return `Wait until nobody encrypts with the old key any more: ${grace.toString()} from the day on which the new one is used; ${code("rotate status")} names it. Then have`;
}

/** The application gets one key at a time, so whoever writes anew needs the old one from somewhere else. */
function kept({ platform }: Subject, { at }: Place): Step {
    const version = `in the version of ${code(at.entry)} before the new one`;
    const found: Record<string, string> = {
        "GCP Secret Manager": `${version}; the deployment disables it, and ${code("gcloud secrets versions enable")} makes it readable again`,
        Vault: `${version}: ${code("vault kv get -version=<number>")}`,
        "AWS Secrets Manager": `${version}, at the stage AWSPREVIOUS`,
    };
    const where =
        found[at.store] ?? "in the Secret until you deploy, and only in the state of the stack after";
    return {
        text: `Agree with ${platform.owner} on when to write its data anew: the deployment begins it, and it needs the old key. That one is ${where}.`,
    };
}

/** Somebody else issues it. */
function renewed(subject: Subject, place: Place): Procedure {
    const { field } = subject;
    const { rotating, isOutOfBand, at } = place;
    const issuer = isIssued(field, false) ? field.issuer : "unknown";
    const { issuerUrl, renew, revoke } = field.kind === "external" ? field : {};
    const page = issuerUrl === undefined ? issuer : `[${issuer}](${issuerUrl})`;
    const lines = proposedValue(subject, place, INCIDENT, "compromise");
    const how = isOutOfBand
        ? `Set it in ${at.store} itself, as ${code(at.entry)}: this environment keeps it out of the configuration.`
        : "Set it: Pulumi asks for the value, shows nothing, and encrypts it.";
    const set = lines.length === 0 ? { text: how } : { text: `${how} ${APPROVAL}`, lines };
    return {
        intro: `Somebody else issues this value (${issuer}), so only there can the leaked one be ended. ${field.breaks ?? "Readers fail while they use one that has ended."} If you see that somebody uses the leaked one now, end it there first, and accept that readers fail until the last of these steps. Otherwise keep to the order.`,
        steps: [
            tell(subject),
            { text: `Get another one from its issuer: ${page}. ${renew ?? "Ask for it as urgent."}` },
            set,
            deployed(place),
            ...delivered(subject, place),
            {
                text: `End the leaked one at its issuer: ${page}. ${revoke ?? "Ask for that, and to be told when it is done."}`,
            },
            {
                text: `It is over here when the issuer refuses the old one${rotating === undefined ? "" : `, ${code("status")} shows today as the day on which it was set`}, and ${code("verify")} ends without a complaint. Then go on with [what comes after](../incident.md#afterwards).`,
                lines: verify(place),
            },
        ],
    };
}

const APPROVAL =
    "Then open a pull request, ask an owner of the ledger to approve it now, and merge it: a compromise waits for no window.";
/** The command prints the text of the pull request. */
const PULL_REQUEST = `${APPROVAL} Its text is what the command printed.`;

const tell = (subject: Subject): Step => ({
    text: `Tell ${listed(toldOf(subject))} that you begin. Set ${code("INCIDENT")} to the number of the incident: ${code("export INCIDENT=…")}.`,
});

const deployed = (place: Place): Step => ({
    text: `Deploy what was merged. Read what the preview says before you answer ${code("yes")}.`,
    lines: deploy(place),
});

/** Readers have the value when the Secret's stamp says so; only then does a restart help. */
function delivered(subject: Subject, place: Place): Step[] {
    if (subject.readers.length === 0) return [];
    const asked = refresh(subject, place, subject.platform.name);
    const lines = restart(subject, place);
    return [
        ...seen(subject, place, asked),
        lines.length === 0
            ? {
                  text: "Nothing is to be restarted: who reads it takes the value by itself when it next begins.",
              }
            : { text: "Then restart the readers, so that each uses it.", lines },
    ];
}

const ASK = "Have External Secrets Operator read the store now.";

function seen(subject: Subject, place: Place, asked: readonly string[]): Step[] {
    const asking = asked.length === 0 ? "" : `${ASK} `;
    if (place.rotating === undefined) return asked.length === 0 ? [] : [{ text: ASK, lines: asked }];
    const which =
        place.allowances?.isAnnounced === true ? "generations, also an announced one," : "current generation";
    return [
        {
            text: `${asking}Go on when each Secret has it: its annotation ${code("strongroom.io/generations")} shows the ${which} that ${code("rotate status")} shows. No value is printed. If it does not, run this again after a minute.`,
            lines: [...asked, ...stamps(subject, place)],
        },
    ];
}

const checked = (place: Place): Step => ({
    text: `It is over here when ${code("status")} shows the new generation in use, and ${code("verify")} ends without a complaint. Then go on with [what comes after](../incident.md#afterwards).`,
    lines: verify(place),
});

function until(subject: Subject): string {
    const readers = subject.readers.filter(({ name }) => name !== serverOf(subject.field));
    if (readers.length === 0) return "";
    const names = listed(readers.map(({ consumer }) => code(consumer.workload)));
    const [use, fail, has] =
        readers.length === 1 ? ["uses", "fails", "it has"] : ["use", "fail", "they have"];
    return `${names} still ${use} the leaked value, and ${fail} wherever the new one is asked for, until ${has} refreshed and restarted: the steps hurry that.`;
}
