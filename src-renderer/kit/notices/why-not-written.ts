/** Translates why a file could not be written: the system's messages are English and begin with an error code. Pure. */

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

/** @returns a text key, or null where only the system's own message is available */
export function whyNotWritten(detail: string): Why | null {
  const [, name = ''] = /^([A-Z]+):/.exec(detail) ?? [];
  return whys[name] ?? null;
}
