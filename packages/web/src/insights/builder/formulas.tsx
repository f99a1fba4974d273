import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import { IconMathFunction, IconX } from '../../app/icons.tsx'
import { formulaMistake } from '../question/edit.ts'

interface FormulasProps {
  formulas: string[]
  series: number
  /** What the server found wrong, by the formula it found it in. */
  refused: { formula: string; message: string } | null
  onChange: (formulas: string[]) => void
}

/** Formulas over the series, such as `B / A`. With one, the answer is the formula's alone. */
export function Formulas({ formulas, series, refused, onChange }: FormulasProps) {
  return (
    <Stack gap={4} align="flex-start">
      {formulas.map((formula, index) => (
        <FormulaField
          // biome-ignore lint/suspicious/noArrayIndexKey: a formula has no identity but its place
          key={index}
          formula={formula}
          mistake={formulaMistake(formula, series) ?? (refused?.formula === formula ? refused.message : null)}
          onChange={(changed) => onChange(formulas.map((each, place) => (place === index ? changed : each)))}
          onRemove={() => onChange(formulas.filter((_, place) => place !== index))}
        />
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconMathFunction size={14} aria-hidden />}
        onClick={() => onChange([...formulas, series > 1 ? 'B / A' : 'A * 1'])}
      >
        Formula
      </Button>
    </Stack>
  )
}

interface FormulaFieldProps {
  formula: string
  mistake: string | null
  onChange: (formula: string) => void
  onRemove: () => void
}

/** Asks only when the reader pauses: each keystroke would be a question, and a step of "back". */
function FormulaField({ formula, mistake, onChange, onRemove }: FormulaFieldProps) {
  const [typed, setTyped] = useState({ text: formula, of: formula })
  const text = typed.of === formula ? typed.text : formula
  const say = useEffectEvent(onChange)
  useEffect(() => {
    if (text === formula) return
    const timer = setTimeout(() => say(text), 600)
    return () => clearTimeout(timer)
  }, [text, formula])
  return (
    <Group gap={4} wrap="nowrap" align="flex-start" w="100%">
      <TextInput
        flex={1}
        aria-label="Formula"
        placeholder="B / A"
        spellCheck={false}
        value={text}
        error={mistake}
        onChange={(event) => setTyped({ text: event.currentTarget.value, of: formula })}
        onBlur={() => text !== formula && onChange(text)}
      />
      <ActionIcon variant="subtle" color="gray" aria-label="Remove this formula" onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </Group>
  )
}
