import { Button, type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const signal: MantineColorsTuple = ['#eef2ff', '#dfe6fd', '#bccbfa', '#96adf6', '#748ff0', '#5b78e8', '#4463dd', '#2f55d4', '#2747b3', '#1f3a94'];

/** From the text colour to the darkest background; fields and menus use the one that tokens.css calls surface. */
const dark: MantineColorsTuple = ['#e6e9ef', '#c9d0db', '#9ca7b8', '#6c7789', '#3b4453', '#272e39', '#151920', '#151920', '#0e1116', '#0a0d11'];

/** Mantine decides once which text suits a filled button; ours differs between light and dark. */
const filled = { '--button-bg': 'var(--accent)', '--button-hover': 'var(--accent-hover)', '--button-color': 'var(--on-accent)' };

export const theme = createTheme({
  primaryColor: 'signal',
  primaryShade: { light: 7, dark: 3 },
  colors: { signal, dark },
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '12px', md: '14px', lg: '18px', xl: '18px' },
  defaultRadius: 4,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' }, vars: (_, { variant = 'filled' }) => ({ root: variant === 'filled' ? filled : {} }) }),
    Modal: {
      styles: { title: { fontSize: 14, fontWeight: 600 } },
      defaultProps: { centered: true, transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.35 } },
    },
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
  },
});

/** Mantine's colours follow ours, which are defined once, in tokens.css. */
const ours = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--dim)',
  '--mantine-color-placeholder': 'var(--dim)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-disabled': 'var(--line-soft)',
  '--mantine-color-disabled-color': 'var(--dim)',
  '--mantine-color-disabled-border': 'var(--line)',
};
/** Mantine's colours by our own CSS variables, which differ by theme. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours });
