import { Text } from '@mantine/core'
import { PlainLink, TextLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'
import { byCount, useEvents } from '../data/known-names.ts'
import { Card } from './card.tsx'
import { ShareList } from './share-list.tsx'

/** The most frequent events of all time; each opens as an insight. */
export function WhatPeopleDo() {
  const query = useEvents()
  return (
    <Card title="What people do" says="Events, all time" more={<TextLink to="/data/definitions">All</TextLink>}>
      <Loaded query={query}>
        {(events) =>
          events.length === 0 ? (
            <Text c="dimmed">No event yet.</Text>
          ) : (
            <ShareList
              shares={byCount(events)
                .slice(0, 6)
                .map(({ name, label, count }) => ({ key: name, label, count }))}
              opener={({ key }, props) => <PlainLink to="/insights/new" search={{ series: [{ event: key }], from: 'all', interval: 'month' }} {...props} />}
            />
          )
        }
      </Loaded>
    </Card>
  )
}
