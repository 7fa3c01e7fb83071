/** Why a file could not be written, in the reader's words: what the system says is English, and begins with its name for it. Pure. */

type Why = 'no_space' | 'no_access' | 'no_folder' | 'is_folder' | 'in_use' | 'long_name' | 'disk';

const whys: Readonly<Record<string, Why>> = {
  ENOSPC: 'no_space',
  EDQUOT: 'no_space',
  EFBIG: 'no_space',
  EACCES: 'no_access',
  EPERM: 'no_access',
  EROFS: 'no_access',
  ENOENT: 'no_folder',
  ENOTDIR: 'no_folder',
  EISDIR: 'is_folder',
  EBUSY: 'in_use',
  ETXTBSY: 'in_use',
  ENAMETOOLONG: 'long_name',
  EIO: 'disk',
  ENODEV: 'disk',
  ENXIO: 'disk',
};

/** @returns the key of a text, or null where only the system's own words say it */
export function whyNotWritten(detail: string): Why | null {
  const [, name = ''] = /^([A-Z]+):/.exec(detail) ?? [];
  return whys[name] ?? null;
}
