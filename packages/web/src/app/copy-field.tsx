import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { CopyButton } from './copy-button.tsx'
import { IconCheck, IconCopy } from './icons.tsx'

/** A value to take away: shown whole, selected by a click, copied by a button. */
export function CopyField({ label, value }: { label: string; value: string }) {
  return (
    <TextInput
      label={label}
      value={value}
      readOnly
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onFocus={(event) => event.currentTarget.select()}
      rightSection={<CopyIcon value={value} label={label} />}
    />
  )
}

export function CopyIcon({ value, label }: { value: string; label: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : 'Copy'}>
          <ActionIcon variant="subtle" color="gray" c="var(--mantine-color-text)" onClick={copy} aria-label={copied ? `Copied: ${label}` : `Copy: ${label}`}>
            {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  )
}
