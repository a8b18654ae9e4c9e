import { isIssued } from "../../components/domain/catalogue";
import { timingOf } from "../../components/domain/rotation/rotation-class";
import { stagedField } from "../../components/domain/rotation/stages";
import { elsewhere } from "./also-set";
import {
    deploy,
    INCIDENT,
    proposed,
    refresh,
    restart,
    rotate,
    setValue,
    stamps,
    TODAY,
    verify,
} from "./commands";
import { code, listed } from "./markdown";
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
    const { tokenLife } = timingOf(field.rotation.rotationClass);
    const signed =
        tokenLife.minutes === 0
            ? ""
            : ` Without this, what it signed would stay valid for up to ${tokenLife.toString()}.`;
    const intro = [
        `The leaked value goes at once, with no overlap. ${field.breaks ?? "Whoever still uses it is refused."}${signed}`,
        until(subject),
    ];
    return {
        intro: intro.join(" "),
        steps: [
            tell(subject),
            ...before,
            {
                text: `Take the leaked value out of the ledger. ${PULL_REQUEST}`,
                lines: proposed(
                    [rotate(`compromise ${id} --stack ${place.stack.stack} --ref ${INCIDENT}`)],
                    place,
                    INCIDENT,
                ),
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
    const due = [rotate(`due --stack ${stack}`)];
    return {
        intro: `The leaked key is not dropped at once: ${whyNotAtOnce}. ${both} If a rotation of it is under way, the command refuses to begin another: end that one first; ${code(rotate(`status --stack ${stack}`))} shows how far it is.`,
        steps: [
            tell(subject),
            ...(isAnnounced ? [] : [kept(subject, place)]),
            {
                text: `Begin to replace the key. ${PULL_REQUEST}`,
                lines: proposed(
                    [rotate(`compromise ${id} --stack ${stack} --ref ${INCIDENT}`)],
                    place,
                    INCIDENT,
                ),
            },
            deployed(place),
            ...delivered(subject, place),
            ...(isAnnounced
                ? [
                      {
                          text: `The new key is announced, so that every reader knows it before one writes with it. After ${announce.toString()}, let it be used: propose what this prints, then deploy, refresh and restart as above.`,
                          lines: proposed(due, place, INCIDENT),
                      },
                  ]
                : []),
            {
                text: `${written(place)} ${subject.platform.owner} write anew everything that the old key encrypted, and check that nothing is left. There is no command for it here: the application has it. Until then whoever has the leaked key can read that data.`,
            },
            {
                text: "Record that it was written anew, only when it was. From then on the old key can go.",
                lines: proposed(
                    [rotate(`rewritten ${id} --stack ${stack} --ref ${INCIDENT}`)],
                    place,
                    INCIDENT,
                ),
            },
            {
                text: "On the day that this names, or later, let the old key go. Then deploy once more.",
                lines: proposed(due, place, INCIDENT),
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
    const where: Record<string, string> = {
        "GCP Secret Manager": `the version of ${code(at.entry)} before it, which the deployment disables: ${code("gcloud secrets versions enable")} makes it readable again`,
        Vault: `the version of ${code(at.entry)} before it: ${code("vault kv get -version=<number>")}`,
        "AWS Secrets Manager": `the version of ${code(at.entry)} with the stage AWSPREVIOUS`,
    };
    const found =
        where[at.store] ??
        "nowhere but in the state of the stack, so take it from the Secret before you deploy";
    return {
        text: `Agree with ${platform.owner} on when to write its data anew: the deployment begins it, and it needs the old key. That is found in ${found}.`.replace(
            "found in nowhere",
            "found nowhere",
        ),
    };
}

/** Somebody else issues it. */
function renewed(subject: Subject, place: Place): Procedure {
    const { id, field } = subject;
    const { rotating, isOutOfBand, at } = place;
    const { stack } = place.stack;
    const issuer = isIssued(field) ? field.issuer : "its issuer";
    const { issuerUrl, renew, revoke } = field.kind === "external" ? field : {};
    const page = issuerUrl === undefined ? issuer : `[${issuer}](${issuerUrl})`;
    const record =
        rotating === undefined
            ? []
            : [
                  rotate(
                      `external ${id} --stack ${stack} --set-on ${TODAY} --reason compromise --ref ${INCIDENT}`,
                  ),
              ];
    const set: Step = isOutOfBand
        ? {
              text: `Set it in ${at.store} itself, as ${code(at.entry)}: this environment keeps it out of the configuration. ${rotating === undefined ? "" : `Then record the day. ${PULL_REQUEST}`}`.trim(),
              ...(rotating === undefined ? {} : { lines: proposed(record, place, INCIDENT) }),
          }
        : {
              text: `Set it: Pulumi asks for the value, shows nothing, and encrypts it. ${PULL_REQUEST}`,
              lines: proposed([setValue(id, place), ...record], place, INCIDENT, {
                  adding: [`Pulumi.${stack}.yaml`],
              }),
          };
    return {
        intro: `${issuer} issues this value, so only there can the leaked one be ended. ${field.breaks ?? "Readers fail while they use one that has ended."} If somebody uses the leaked value now, end it there first, and accept that readers fail until the last of these steps; otherwise keep to the order.`,
        steps: [
            tell(subject),
            { text: `Get another one from ${page}. ${renew ?? `Ask ${issuer} for it.`}` },
            set,
            deployed(place),
            ...delivered(subject, place),
            {
                text: `End the leaked one at ${page}. ${revoke ?? `Ask ${issuer} to revoke it, and to say when that is done.`}`,
            },
            checked(place),
        ],
    };
}

const PULL_REQUEST =
    "Open the pull request with the text that is printed, and ask an owner of the ledger to approve it now. A compromise waits for no window. Merge it.";

const tell = (subject: Subject): Step => ({
    text: `Tell ${listed(toldOf(subject))} that you begin. Set ${code("INCIDENT")} to the number of the incident: ${code("export INCIDENT=…")}.`,
});

const deployed = (place: Place): Step => ({
    text: `Deploy, in the branch that was merged or on the main one. Read what the preview says before you answer ${code("yes")}.`,
    lines: deploy(place),
});

/** Readers have the value when the Secret's stamp says so; only then does a restart help. */
function delivered(subject: Subject, place: Place): Step[] {
    if (subject.readers.length === 0) return [];
    const asked = refresh(subject, place, subject.platform.name);
    const lines = restart(subject, place);
    return [
        {
            text: `${asked.length === 0 ? "See that the Secret has it" : "Have External Secrets Operator read the store now, and see that the Secret has it"}: the annotation ${code("strongroom.io/generations")} shows the generation that ${code("rotate status")} shows as current. No value is printed.`,
            lines: [...asked, ...stamps(subject, place)],
        },
        ...(lines.length === 0
            ? [{ text: "Nothing is to be restarted: the job takes the value when it next begins." }]
            : [{ text: "Then restart the readers, so that each uses it.", lines }]),
    ];
}

const checked = (place: Place): Step => ({
    text: `It is over here when both commands end without a complaint. Then go on with [what comes after](../incident.md#afterwards).`,
    lines: verify(place),
});

function until({ readers }: Subject): string {
    if (readers.length === 0) return "";
    const names = listed(readers.map(({ consumer }) => code(consumer.workload)));
    return `Until it has refreshed and restarted, ${names} still ${readers.length === 1 ? "uses" : "use"} the leaked value and ${readers.length === 1 ? "fails" : "fail"} wherever the new one is asked for: the steps below hurry that.`;
}
