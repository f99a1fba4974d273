import { BarChart, LineChart, MapChart, ScatterChart } from 'echarts/charts'
import { GeoComponent, GridComponent, TitleComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

/** ECharts with the parts this product draws with. Import it only from files that are themselves loaded lazily. */
echarts.use([BarChart, LineChart, MapChart, ScatterChart, GeoComponent, GridComponent, TitleComponent, TooltipComponent, VisualMapComponent, CanvasRenderer])

export { echarts }
