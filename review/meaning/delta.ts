import { addTo } from "../../components/domain/grouped";
import type { Delta } from "../review";

/** What appears, goes and stays, by a key that tells what is one and the same; of several with one key each counts. */
export function deltaOf<T>(
    before: readonly T[],
    after: readonly T[],
    keyBefore: (each: T) => string,
    keyAfter: (each: T) => string = keyBefore,
): Delta<T> {
    const left = new Map<string, T[]>();
    for (const each of before) addTo(left, keyBefore(each), each);
    const [appeared, stayed]: [T[], T[]] = [[], []];
    for (const each of after) {
        const was = left.get(keyAfter(each))?.shift();
        (was === undefined ? appeared : stayed).push(each);
    }
    return { appeared, gone: [...left.values()].flat(), stayed };
}

/** All of one side as neither new nor gone: where nothing can be compared. */
export const stayedAll = <T>(stayed: readonly T[]): Delta<T> => ({ appeared: [], gone: [], stayed });

/** A text without the places in lists, which move when something is put before them. */
export const withoutPlaces = (text: string): string => text.replace(/\[\d+\]/g, "[]");
