import type { Seen } from "../rotation/verify/snapshot";
import { lookAt } from "./check";
import { CHECKS } from "./checks";
import type { ConsumerFacts, Facts, SeenConsumer } from "./facts";
import { worstFirst } from "./finding";
import type { Finding } from "./finding";
import type { Declared } from "./readers/declared";
import { fetchedKeys } from "./readers/network";
import { seenInStores } from "./readers/stores";

/** What all checks say of these facts, the worst first. The same facts give the same findings. */
export const diagnose = (facts: Facts): readonly Finding[] => worstFirst(lookAt(facts, CHECKS));

/** Facts with what was seen of consumers; those for whom nothing was read stay unseen. */
export function withSeen(facts: Facts, seenOf: (consumer: ConsumerFacts) => SeenConsumer | undefined): Facts {
    const consumers = facts.consumers.map((each) => ({ ...each, seen: seenOf(each) ?? each.seen }));
    return { ...facts, consumers };
}

/** Facts with what the stores' command lines say of the documents. */
export async function withStores(facts: Facts): Promise<Facts> {
    const seen = await seenInStores(facts.documents, facts.stack);
    const documents = facts.documents.map((each, at) => ({ ...each, seen: seen[at] ?? each.seen }));
    return { ...facts, documents };
}

/** Facts with what the addresses of keys answer; one whose form is wrong beyond asking is not asked. */
export async function withNetwork({ facts, addresses }: Declared, get = fetchedKeys): Promise<Facts> {
    const keys = await Promise.all(
        facts.keys.map(async (key) => ({
            ...key,
            addresses: await Promise.all(
                key.addresses.map(async (address, at) => {
                    const url = addresses.get(key.setting)?.[at];
                    if (url === undefined) return address;
                    if (address.faults.length > 0) return { ...address, seen: UNSOUND };
                    return { ...address, seen: await get(url) };
                }),
            ),
        })),
    );
    return { ...facts, keys };
}

/** A request would carry the credentials, or go over an open line. */
const UNSOUND: Extract<Seen<never>, { is: "unread" }> = {
    is: "unread",
    why: "its form comes first",
    isForbidden: false,
};
