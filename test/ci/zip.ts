import { crc32 } from "node:zlib";

/** A ZIP archive of entries that are stored as they are: local headers, the directory, and its end (APPNOTE 4.3). */
export function zip(
    entries: Readonly<Record<string, { readonly text: string; readonly link?: boolean }>>,
): Buffer {
    const parts: Buffer[] = [];
    const directory: Buffer[] = [];
    let offset = 0;
    for (const [name, { text, link = false }] of Object.entries(entries)) {
        const data = Buffer.from(text);
        const common = Buffer.alloc(26);
        common.writeUInt16LE(20, 0);
        common.writeUInt32LE(crc32(data), 10);
        common.writeUInt32LE(data.length, 14);
        common.writeUInt32LE(data.length, 18);
        common.writeUInt16LE(Buffer.byteLength(name), 22);
        const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, Buffer.from(name), data]);
        const attributes = Buffer.alloc(14);
        // The mode of the file, as Unix has it.
        attributes.writeUInt32LE(((link ? 0o120777 : 0o100644) << 16) >>> 0, 6);
        attributes.writeUInt32LE(offset, 10);
        const madeOnUnix = Buffer.from([20, 3]);
        directory.push(
            Buffer.concat([Buffer.from("PK\u0001\u0002"), madeOnUnix, common, attributes, Buffer.from(name)]),
        );
        parts.push(local);
        offset += local.length;
    }
    const central = Buffer.concat(directory);
    const end = Buffer.alloc(18);
    end.writeUInt16LE(directory.length, 4);
    end.writeUInt16LE(directory.length, 6);
    end.writeUInt32LE(central.length, 8);
    end.writeUInt32LE(offset, 12);
    return Buffer.concat([...parts, central, Buffer.from("PK\u0005\u0006"), end]);
}
