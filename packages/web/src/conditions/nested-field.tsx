import { ActionIcon, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import type { OperandFieldProps } from './operand-field.tsx'
import { OperandField } from './operand-field.tsx'
import { innerOperators, type NestedKind, operandKind, operatorWords, type RowOperator } from './operators.ts'
import { emptyInner, innerDrafts, type PropertyDraft, withInnerOperator, writeInner } from './property-draft.ts'

interface NestedFieldProps extends Omit<OperandFieldProps, 'kind'> {
  kind: NestedKind
}

/** Asks for an operand that holds conditions itself: how many items, some item, the fields of one object, a parameter of a URL. */
export function NestedField({ kind, label, of, property, operand, onChange, error }: NestedFieldProps) {
  const inner = innerDrafts(kind, operand)
  const change = (index: number, draft: PropertyDraft) => onChange(writeInner(kind, inner.with(index, draft)))
  const named = kind === 'fields' ? 'Field' : kind === 'parameter' ? 'Parameter' : null
  return (
    <Stack gap={4}>
      {inner.map((draft, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields are known by their place alone
        <Group key={index} gap={4} wrap="wrap">
          {index > 0 && (
            <Text span c="dimmed">
              and
            </Text>
          )}
          {named !== null && (
            <TextInput
              aria-label={`${label}: ${named.toLowerCase()} ${index + 1}`}
              placeholder={named}
              value={draft.property}
              onChange={(typed) => change(index, { ...draft, property: typed.currentTarget.value })}
              error={error && draft.property === ''}
              w={140}
            />
          )}
          <NativeSelect
            aria-label={`${label}: comparison ${index + 1}`}
            value={draft.operator}
            data={innerOperators[kind].map((name) => ({ value: name, label: operatorWords[name].words }))}
            onChange={(chosen) => change(index, withInnerOperator(draft, chosen.currentTarget.value as RowOperator))}
          />
          <OperandField
            kind={operandKind(draft.operator, 'text')}
            label={`${label} ${operatorWords[draft.operator].words}`}
            of={of}
            property={kind === 'item' ? property : ''}
            operand={draft.operand}
            onChange={(changed) => change(index, { ...draft, operand: changed })}
            error={error}
          />
          {kind === 'count' && (
            <Text span c="dimmed">
              items
            </Text>
          )}
          {inner.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${label}: remove field ${index + 1}`}
              onClick={() => onChange(writeInner(kind, inner.toSpliced(index, 1)))}
            >
              ×
            </ActionIcon>
          )}
        </Group>
      ))}
      {kind === 'fields' && inner.length < mostFields && (
        <Button variant="subtle" size="compact-xs" w="fit-content" onClick={() => onChange(writeInner(kind, [...inner, emptyInner(kind)]))}>
          and another field of the same item
        </Button>
      )}
    </Stack>
  )
}

const mostFields = 20
