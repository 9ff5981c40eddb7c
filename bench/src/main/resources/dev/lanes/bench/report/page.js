'use strict';
// Draws the report. Everything that is shown is put in as text; nothing of the report ever becomes markup.
(() => {
  const {report, title, cautions, groups, comparison} = JSON.parse(document.getElementById('data').textContent);
  const environment = report.environment || {};
  const rows = report.rows || [];
  const charts = new Map(); // canvas id -> chart
  const byId = id => document.getElementById(id);

  // ---- small parts -------------------------------------------------------------------------------------------------

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
    }
    for (const child of children.flat()) {
      if (child !== null && child !== undefined) made.append(child instanceof Node ? child : String(child));
    }
    return made;
  }

  const known = value => value !== null && value !== undefined && Number.isFinite(value);
  const fixed = (value, digits = 2) => known(value) ? value.toFixed(digits) : '';
  const rate = value => !known(value) ? '' : value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const narrow = () => window.innerWidth < 640;
  const threadsText = count => count + (count === 1 ? ' thread' : ' threads');
  const nameOf = row => row.network ? row.network + ', ' + row.mode
    : (row.kernel || '?') + (row.suite === 'ffi' ? ' through the bindings' : '');
  const problemOf = row => row.shape || (row.batch ? 'batch ' + row.batch : '');
  const rateOf = row => known(row.ours_samples_per_s) ? row.ours_samples_per_s : row.ours_gflops;
  const unitOf = row => known(row.ours_samples_per_s) ? 'images/s' : 'GFLOP/s';
  const verdictOf = interval => !interval ? 'even' : interval.low > 1 ? 'win' : interval.high < 1 ? 'loss' : 'even';

  /** Columns are [heading, cell of an item, whether it is text]. */
  function table(columns, items, rowClass = () => null) {
    return element('div', {class: 'scroll'}, element('table', {},
      element('thead', {}, element('tr', {}, columns.map(([heading, , text]) => element('th', {class: text && 'text'}, heading)))),
      element('tbody', {}, items.map(item => element('tr', {class: rowClass(item)},
        columns.map(([, cell, text]) => element('td', {class: text && 'text'}, cell(item))))))));
  }

  const folded = (title, content) => element('details', {}, element('summary', {}, title), content);

  /** Breaks a text into at most two lines that fit beside a chart; the threads stand at the end whatever is cut. */
  function label(text, threads) {
    const suffix = threads && !filter.threads ? ' · ' + threads + 'T' : '';
    const limit = narrow() ? 20 : 44;
    const lines = [''];
    for (const word of text.split(' ')) {
      const line = lines[lines.length - 1];
      if (line && line.length + 1 + word.length > limit && lines.length < 2) lines.push(word);
      else lines[lines.length - 1] = line ? line + ' ' + word : word;
    }
    const last = lines.pop();
    const room = limit - suffix.length;
    return [...lines, (last.length > room ? last.slice(0, room - 1) + '…' : last) + suffix];
  }

  function defaults() {
    Chart.defaults.animation = false;
    Chart.defaults.font.family = 'system-ui, sans-serif';
    Chart.defaults.color = colour('muted');
    Chart.defaults.borderColor = colour('grid');
    Chart.defaults.maintainAspectRatio = false;
  }

  /** Adds a canvas and remembers how to fill it. */
  function chart(parent, id, height, title, configuration) {
    const canvas = element('canvas', {id, role: 'img', 'aria-label': title});
    parent.append(element('div', {class: 'chart', style: 'height:' + height + 'px'}, canvas));
    charts.set(id, new Chart(canvas, configuration));
  }

  const logarithmic = title => ({
    type: 'logarithmic', title: {display: true, text: title},
    ticks: {callback: value => /^[125]e/.test(value.toExponential()) ? Number(value.toPrecision(2)).toString() : null},
  });

  // ---- summary -----------------------------------------------------------------------------------------------------

  function summary() {
    document.title = title;
    byId('title').textContent = title;
    byId('when').textContent = [(report.started || '').slice(0, 16).replace('T', ' '), environment.jdk && 'JDK ' + environment.jdk,
      environment.lanes && 'lanes ' + environment.lanes].filter(Boolean).join(' · ');
    byId('cautions').replaceChildren(...cautions.map(text => element('p', {}, element('b', {}, 'Caution: '), text + '.')));
    byId('cautions').hidden = cautions.length === 0;

    const section = byId('summary');
    section.append(element('h2', {}, 'At a glance'));
    if (rows.length === 0) {
      section.append(element('p', {class: 'none'}, 'Nothing was measured.'));
      return;
    }
    section.append(element('p', {class: 'note'}, 'Speed of lanes over that of the fastest peer of each row, geometric mean. Above 1 lanes is faster.'));
    section.append(element('div', {class: 'tiles'}, groups.filter(group => known(group.mean_ratio)).map(group => {
      const kind = group.mean_ratio > 1.02 ? 'win' : group.mean_ratio < 0.98 ? 'loss' : 'even';
      return element('div', {class: 'tile'}, element('span', {}, group.name + ', ' + threadsText(group.threads)),
        element('b', {class: kind}, fixed(group.mean_ratio)),
        element('span', {}, (group.compared === 1 ? '1 row' : group.compared + ' rows, lowest ' + fixed(group.worst_ratio))
          + ', beside ' + group.best_peers.join(', ') + (known(group.mean_share_of_peak)
            ? '; ' + Math.round(100 * group.mean_share_of_peak) + ' % of the peak' : '')));
    })));
    const behind = rows.filter(row => row.valid && verdictOf(row.ratio_best_peer_interval) === 'loss')
      .sort((a, b) => a.ratio_best_peer - b.ratio_best_peer);
    section.append(element('h3', {}, behind.length === 0 ? 'Nowhere behind' : 'Where lanes is behind, worst first'));
    if (behind.length > 0) {
      section.append(folded(behind.length === 1 ? '1 row' : behind.length + ' rows', table([
        ['', nameOf], ['problem', problemOf, true], ['threads', row => row.threads], ['ratio', row => fixed(row.ratio_best_peer)],
        ['best peer', row => row.best_peer, true],
      ], behind)));
      section.querySelector('details').open = behind.length <= 12;
    }
  }

  // ---- filters -----------------------------------------------------------------------------------------------------

  const filter = {kernel: '', shape: '', threads: '', peer: ''};

  function filters() {
    const form = byId('filters');
    if (rows.length === 0) {
      form.hidden = true;
      return;
    }
    new URLSearchParams(location.hash.slice(1)).forEach((value, key) => {
      if (key in filter) filter[key] = value;
    });
    const choice = (key, title, all, values) => {
      const select = element('select', {name: key}, element('option', {value: ''}, all),
        [...new Set(values)].map(value => element('option', {value, selected: String(value) === filter[key]}, value)));
      return element('label', {}, title, select);
    };
    form.append(
      choice('kernel', 'Kernel', 'all', rows.map(nameOf)),
      element('label', {}, 'Problem contains', element('input', {name: 'shape', type: 'search', value: filter.shape})),
      choice('threads', 'Threads', 'all', rows.map(row => row.threads)),
      choice('peer', 'Compared with', 'the best peer', rows.flatMap(row => Object.keys(row.peers || {}))));
    form.addEventListener('submit', event => event.preventDefault());
    form.addEventListener('input', () => {
      for (const key of Object.keys(filter)) filter[key] = form.elements[key].value;
      const chosen = new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
      history.replaceState(null, '', '#' + chosen);
      drawFiltered();
    });
  }

  const selected = () => rows.filter(row => (!filter.kernel || nameOf(row) === filter.kernel)
    && (!filter.threads || String(row.threads) === filter.threads)
    && (problemOf(row) + ' ' + (row.origin || '')).toLowerCase().includes(filter.shape.toLowerCase()));

  /** The ratio to the chosen peer, or to the best one. */
  function ratioOf(row) {
    if (!filter.peer) return row.ratio_best_peer_interval || (known(row.ratio_best_peer)
      ? {median: row.ratio_best_peer, low: row.ratio_best_peer, high: row.ratio_best_peer} : null);
    const peer = (row.contestants || []).find(contestant => contestant.name === filter.peer);
    return peer && peer.ratio || null;
  }

  // ---- charts of the rows ------------------------------------------------------------------------------------------

  function ratioChart(parent, id, drawn, title) {
    const ratios = drawn.map(ratioOf);
    const colours = ratios.map(ratio => colour(verdictOf(ratio)));
    chart(parent, id, 70 + 34 * drawn.length, title, {
      type: 'bar',
      data: {
        labels: drawn.map(row => label(problemOf(row), row.threads)),
        datasets: [
          {label: 'interval', data: ratios.map(ratio => [ratio.low, ratio.high]), backgroundColor: colour('whisker'),
            barThickness: 3, grouped: false, order: 0},
          {label: 'ratio', data: ratios.map(ratio => [Math.min(1, ratio.median), Math.max(1, ratio.median)]),
            backgroundColor: colours, barThickness: 14, grouped: false, order: 1},
        ],
      },
      options: {
        indexAxis: 'y',
        scales: {x: {...logarithmic('speed of lanes over ' + (filter.peer || 'the best peer')),
          suggestedMin: 0.5, suggestedMax: 2,
          grid: {color: context => context.tick && context.tick.value === 1 ? colour('muted') : colour('grid')}},
          y: {grid: {display: false}, ticks: {autoSkip: false}}},
        plugins: {legend: {display: false}, tooltip: {
          filter: item => item.datasetIndex === 1,
          callbacks: {
            title: items => items.length ? problemOf(drawn[items[0].dataIndex]) : '',
            label: item => {
              const row = drawn[item.dataIndex], ratio = ratios[item.dataIndex];
              return [fixed(ratio.median) + ' (' + fixed(ratio.low) + ' to ' + fixed(ratio.high) + ') of '
                + (filter.peer || row.best_peer), threadsText(row.threads), row.origin || ''];
            },
          },
        }},
      },
    });
  }

  const peerNames = [...new Set(rows.flatMap(row => Object.keys(row.peers || {})))];
  const shapesOfPoints = ['rectRot', 'triangle', 'rect', 'star', 'crossRot', 'cross', 'rectRounded'];

  function rateChart(parent, id, drawn, title) {
    const present = peerNames.filter(peer => drawn.some(row => row.peers && known(row.peers[peer])));
    const series = (name, values, tone, pointStyle) => ({label: name, data: values, borderColor: colour(tone), backgroundColor: colour(tone),
      showLine: false, pointStyle, pointRadius: name === 'lanes' ? 6 : 5, pointBorderWidth: 2});
    chart(parent, id, 90 + 26 * drawn.length, title, {
      type: 'line',
      data: {
        labels: drawn.map(row => label(problemOf(row), row.threads)),
        datasets: [series('lanes', drawn.map(rateOf), 'c0', 'circle'), ...present.map(peer => {
          const index = peerNames.indexOf(peer);
          return series(peer, drawn.map(row => row.peers && row.peers[peer]), 'c' + Math.min(7, index + 1),
            shapesOfPoints[index % shapesOfPoints.length]);
        })],
      },
      options: {
        indexAxis: 'y',
        scales: {x: {...logarithmic(unitOf(drawn[0])), min: undefined}, y: {offset: true, ticks: {autoSkip: false}}},
        plugins: {legend: {position: 'top', align: 'start', labels: {usePointStyle: true}}, tooltip: {callbacks: {
          title: items => items.length ? problemOf(drawn[items[0].dataIndex]) : '',
          label: item => item.dataset.label + ' ' + rate(item.parsed.x) + ' ' + unitOf(drawn[item.dataIndex]),
        }}},
      },
    });
  }

  function rowTable(items) {
    const peers = peerNames.filter(peer => items.some(row => row.peers && known(row.peers[peer])
      || row.missing && peer in row.missing));
    const bandwidth = items.some(row => known(row.ours_gbytes_per_s));
    return table([
      ['problem', problemOf], ['threads', row => row.threads], ['lanes, ' + unitOf(items[0]), row => rate(rateOf(row))],
      ...peers.map(peer => [peer, row => row.peers && known(row.peers[peer]) ? rate(row.peers[peer])
        : element('span', {class: 'even', title: row.missing && row.missing[peer]}, '–')]),
      ['ratio', row => row.valid ? element('span', {class: verdictOf(ratioOf(row))}, fixed((ratioOf(row) || {}).median)) : ''],
      ['interval', row => row.valid && ratioOf(row) ? fixed(ratioOf(row).low) + ' to ' + fixed(ratioOf(row).high) : ''],
      ['of peak', row => known(row.share_of_peak) ? Math.round(100 * row.share_of_peak) + ' %' : ''],
      ...(bandwidth ? [['GB/s', row => rate(row.ours_gbytes_per_s)],
        ['of bandwidth', row => known(row.share_of_bandwidth) ? Math.round(100 * row.share_of_bandwidth) + ' %' : '']] : []),
      ['bytes allocated', row => known(row.allocated_bytes_per_op) ? Math.round(row.allocated_bytes_per_op) : ''],
      ['what ran', row => row.contestants && row.contestants[0] ? row.contestants[0].detail : '', true],
      ['from', row => row.valid ? row.origin : 'invalid: ' + (row.invalid_reasons || []).join('; '), true],
    ], items, row => row.valid ? null : 'invalid');
  }

  function group(parent, name, items, number) {
    const section = element('section', {'data-group': name}, element('h3', {}, name));
    parent.append(section);
    const drawn = items.filter(row => row.valid);
    const compared = drawn.filter(row => ratioOf(row));
    const invalid = items.length - drawn.length;
    if (invalid > 0) {
      section.append(element('p', {class: 'note'}, invalid + (invalid === 1 ? ' row is' : ' rows are') + ' invalid and not drawn.'));
    }
    if (compared.length > 0) {
      ratioChart(section, 'ratio' + number, compared, name + ': speed of lanes over ' + (filter.peer || 'the best peer'));
    } else {
      section.append(element('p', {class: 'note'}, 'No ' + (filter.peer || 'peer') + ' to compare with.'));
    }
    if (drawn.some(row => known(rateOf(row)))) {
      const content = element('div');
      const details = folded('The rates themselves', content);
      // A chart in a closed fold has no size; it is drawn when it is opened.
      details.addEventListener('toggle', () => {
        if (details.open && content.childElementCount === 0) {
          rateChart(content, 'rate' + number, drawn.filter(row => known(rateOf(row))), name + ': rates');
        }
      });
      section.append(details);
    }
    section.append(folded('Table', rowTable(items)));
  }

  // ---- across the kernels ------------------------------------------------------------------------------------------

  const families = [['products', /gemm|gemv/], ['convolutions', /^conv/], ['depthwise', /depthwise/], ['others', /./]];

  function roofline(parent, items) {
    const points = items.filter(row => row.valid && known(row.ours_gflops) && row.flops > 0 && row.bytes > 0);
    if (points.length === 0) return;
    parent.append(element('h2', {}, 'Roofline'), element('p', {class: 'note'},
      'Each kernel by the operations that it does for a byte of its operands. The lines are what this machine can do: the bandwidth of its '
      + 'memory on the left, its multiply-adds on the right, both measured in the run. Points above the slope live in a cache.'));
    const intensity = row => row.flops / row.bytes;
    const xs = points.map(intensity);
    const low = Math.min(...xs) / 2, high = Math.max(...xs) * 2;
    const roofs = [...new Set(points.map(row => row.threads))].flatMap(threads => {
      const peak = (environment.fma_peak_gflops || {})[threads], bandwidth = (environment.triad_gbytes_per_s || {})[threads];
      if (!known(peak) || !known(bandwidth)) return [];
      const ridge = Math.min(high, Math.max(low, peak / bandwidth));
      return [{label: 'roof, ' + threadsText(threads), type: 'line', pointRadius: 0, pointStyle: 'line', borderColor: colour('muted'), borderWidth: 1.5,
        borderDash: threads === 1 ? [] : [6, 4],
        data: [low, ridge, high].map(x => ({x, y: Math.min(peak, bandwidth * x)}))}];
    });
    const familyOf = row => families.findIndex(([, pattern]) => pattern.test(row.kernel || ''));
    const series = families.map(([name], index) => ({
      label: name, data: points.filter(row => familyOf(row) === index).map(row => ({x: intensity(row), y: row.ours_gflops, row})),
      backgroundColor: colour(['c0', 'c1', 'c2', 'c6'][index]), borderColor: colour(['c0', 'c1', 'c2', 'c6'][index]),
      pointStyle: ['circle', 'triangle', 'rect', 'crossRot'][index], pointRadius: 5, pointBorderWidth: 2,
    })).filter(one => one.data.length > 0);
    chart(parent, 'roofline', narrow() ? 360 : 460, 'Roofline of all kernels', {
      type: 'scatter', data: {datasets: [...series, ...roofs]},
      options: {
        scales: {x: logarithmic('operations a byte'), y: logarithmic('GFLOP/s')},
        plugins: {legend: {position: 'top', align: 'start', labels: {usePointStyle: true}}, tooltip: {
          filter: item => item.raw.row !== undefined,
          callbacks: {label: item => [nameOf(item.raw.row), problemOf(item.raw.row) + ', ' + threadsText(item.raw.row.threads),
            rate(item.raw.y) + ' GFLOP/s']},
        }},
      },
    });
    parent.append(folded('Table', table([['', nameOf], ['problem', problemOf, true], ['threads', row => row.threads],
      ['operations a byte', row => rate(intensity(row))], ['GFLOP/s', row => rate(row.ours_gflops)],
      ['GB/s', row => rate(row.ours_gbytes_per_s)]], points)));
  }

  function bars(parent, id, title, items, labelOf, threadsOf, valueOf, unit) {
    chart(parent, id, 70 + 26 * items.length, title, {
      type: 'bar',
      data: {labels: items.map(item => label(labelOf(item), threadsOf(item))), datasets: [{label: unit, data: items.map(valueOf),
        backgroundColor: colour('c0'), barThickness: 14}]},
      options: {indexAxis: 'y', scales: {x: {beginAtZero: true, title: {display: true, text: unit}},
        y: {grid: {display: false}, ticks: {autoSkip: false}}}, plugins: {legend: {display: false}}},
    });
  }

  function scaling(parent, items) {
    const key = row => nameOf(row) + ' ' + problemOf(row);
    const single = new Map(items.filter(row => row.valid && row.threads === 1).map(row => [key(row), row]));
    const pairs = items.filter(row => row.valid && row.threads > 1 && single.has(key(row)) && known(rateOf(row)))
      .map(row => ({row, speedUp: rateOf(row) / rateOf(single.get(key(row)))}));
    if (pairs.length === 0) return;
    parent.append(element('h2', {}, 'More threads'), element('p', {class: 'note'}, 'Our rate over our rate with one thread.'));
    bars(parent, 'scaling', 'Speed-up by threads', pairs, pair => nameOf(pair.row) + ' ' + problemOf(pair.row),
      pair => pair.row.threads, pair => pair.speedUp, 'times one thread');
    parent.append(folded('Table', table([['', pair => nameOf(pair.row)], ['problem', pair => problemOf(pair.row), true],
      ['threads', pair => pair.row.threads], ['speed-up', pair => fixed(pair.speedUp)]], pairs)));
  }

  function allocation(parent, items) {
    const measured = items.filter(row => known(row.allocated_bytes_per_op));
    if (measured.length === 0) return;
    const most = [...measured].sort((a, b) => b.allocated_bytes_per_op - a.allocated_bytes_per_op).slice(0, 12);
    parent.append(element('h2', {}, 'Allocation'), element('p', {class: 'note'},
      'Bytes of Java heap for one operation of lanes; ' + measured.filter(row => row.allocated_bytes_per_op < 1).length + ' of '
      + measured.length + ' rows allocate nothing. Drawn are those that allocate most.'));
    bars(parent, 'allocation', 'Bytes allocated by an operation', most, row => nameOf(row) + ' ' + problemOf(row),
      row => row.threads, row => row.allocated_bytes_per_op, 'bytes');
    parent.append(folded('Table', table([['', nameOf], ['problem', problemOf, true], ['threads', row => row.threads],
      ['bytes', row => fixed(row.allocated_bytes_per_op, 1)]], measured)));
  }

  // ---- the rest ----------------------------------------------------------------------------------------------------

  function changes() {
    if (!comparison) return;
    const section = byId('comparison');
    const words = {FASTER: 'faster', SLOWER: 'slower', SAME: 'no difference', INVALID: 'invalid'};
    const outside = comparison.changes.filter(change => change.verdict === 'FASTER' || change.verdict === 'SLOWER');
    section.append(element('h2', {}, 'Since ' + (comparison.before || 'the baseline').slice(0, 16).replace('T', ' ')),
      element('p', {class: 'note'}, (comparison.same_machine ? '' : 'The processors differ. ') + outside.length + ' of '
        + comparison.changes.length + ' rows changed by more than the noise. Speeds are set against the peak of each run, since clocks differ.'));
    if (outside.length > 0) {
      chart(section, 'changes', 70 + 34 * outside.length, 'Changes outside the noise', {
        type: 'bar',
        data: {labels: outside.map(change => label(change.row)), datasets: [
          {label: 'interval', data: outside.map(change => [change.low, change.high]), backgroundColor: colour('whisker'), barThickness: 3, grouped: false, order: 0},
          {label: 'speed', data: outside.map(change => [Math.min(1, change.speed), Math.max(1, change.speed)]), barThickness: 14, grouped: false, order: 1,
            backgroundColor: outside.map(change => colour(change.verdict === 'FASTER' ? 'win' : 'loss'))}]},
        options: {indexAxis: 'y', scales: {x: {...logarithmic('newer speed over older'), suggestedMin: 0.8, suggestedMax: 1.25},
          y: {grid: {display: false}, ticks: {autoSkip: false}}}, plugins: {legend: {display: false}}},
      });
    }
    section.append(folded('Table', table([['row', change => change.row], ['speed', change => fixed(change.speed)],
      ['interval', change => known(change.low) ? fixed(change.low) + ' to ' + fixed(change.high) : ''],
      ['ratio to the best peer', change => fixed(change.ratio_before) + ' → ' + fixed(change.ratio_after)],
      ['', change => words[change.verdict], true]], comparison.changes)));
    if (comparison.added.length) section.append(folded('New rows', element('p', {}, comparison.added.join('; '))));
    if (comparison.removed.length) section.append(folded('Rows that are gone', element('p', {}, comparison.removed.join('; '))));
  }

  function startUp() {
    const items = report.start_up || [];
    if (items.length === 0) return;
    const section = byId('startup');
    section.append(element('h2', {}, 'From the start of the JVM'));
    chart(section, 'start', 90 + 44 * items.length, 'Start-up', {
      type: 'bar',
      data: {labels: items.map(item => label(item.task + ', ' + threadsText(item.threads))), datasets: [
        {label: 'to the first result', data: items.map(item => item.first_result_millis), backgroundColor: colour('c0'), barThickness: 12},
        {label: 'to full speed', data: items.map(item => item.steady_millis), backgroundColor: colour('c1'), barThickness: 12}]},
      options: {indexAxis: 'y', scales: {x: {beginAtZero: true, title: {display: true, text: 'milliseconds'}},
        y: {grid: {display: false}, ticks: {autoSkip: false}}}, plugins: {legend: {position: 'top', align: 'start'}}},
    });
    section.append(folded('Table', table([['task', item => item.task, true], ['threads', item => item.threads],
      ['first result, ms', item => Math.round(item.first_result_millis)], ['full speed, ms', item => Math.round(item.steady_millis)]], items)));
  }

  function jars() {
    const items = report.jars || [];
    if (items.length === 0) return;
    const owners = [...new Set(items.map(jar => jar.owner))]
      .map(owner => ({owner, bytes: items.filter(jar => jar.owner === owner).reduce((sum, jar) => sum + jar.bytes, 0)}))
      .sort((a, b) => a.bytes - b.bytes);
    const section = byId('jars');
    section.append(element('h2', {}, 'What has to be shipped'));
    bars(section, 'sizes', 'Sizes of the jars', owners, owner => owner.owner, () => 0, owner => owner.bytes / 1e6, 'megabytes');
    section.append(folded('Table', table([['', jar => jar.owner], ['file', jar => jar.file, true],
      ['MB', jar => fixed(jar.bytes / 1e6)]], items)));
  }

  function machine() {
    const section = byId('machine');
    const byThreads = values => Object.entries(values || {}).map(([threads, value]) => rate(value) + ' (' + threads + 'T)').join(', ');
    const facts = [['processor', environment.cpu], ['cores', environment.cores], ['instructions', (environment.cpu_features || []).join(' ')],
      ['system', environment.system], ['JVM', [environment.vm, environment.jdk].filter(Boolean).join(' ')],
      ['flags', (environment.vm_flags || []).join(' ')], ['backend', environment.backend && environment.backend + ', '
        + environment.vector_bits + ' bits' + (environment.wanted_backend && environment.wanted_backend !== environment.backend
          ? ', wanted was ' + environment.wanted_backend : '')],
      ['multiply-adds, GFLOP/s', byThreads(environment.fma_peak_gflops)], ['memory, triad, GB/s', byThreads(environment.triad_gbytes_per_s)],
      ['memory, reading, GB/s', byThreads(environment.read_gbytes_per_s)],
      ['load', known(environment.load_before) ? fixed(environment.load_before, 1) + ' before, ' + fixed(environment.load_after, 1) + ' after' : ''],
      ['variables taken away', (environment.removed_presets || []).join(', ')], ['command', report.command], ['lanes', environment.lanes]];
    section.append(element('h2', {}, 'The machine'), table([['', fact => fact[0]], ['', fact => fact[1], true]],
      facts.filter(fact => fact[1] !== undefined && fact[1] !== null && fact[1] !== '')));
    const peers = environment.peers || [];
    if (peers.length > 0) {
      section.append(element('h3', {}, 'The peers'), table([['', peer => peer.name], ['version', peer => peer.version, true],
        ['kernels for', peer => peer.core, true], ['', peer => peer.available
          ? Object.entries(peer.environment || {}).map(pair => pair.join('=')).join(' ') : 'missing: ' + peer.reason, true]],
      peers, peer => peer.available ? null : 'missing'));
    }
  }

  function drawFiltered() {
    const parent = byId('filtered');
    const open = new Set([...parent.querySelectorAll('section[data-group]')].filter(one => one.querySelector('details[open]'))
      .map(one => one.dataset.group));
    clear(parent);
    const items = selected();
    document.body.dataset.rows = items.length;
    if (items.length === 0) {
      if (rows.length > 0) parent.append(element('p', {class: 'none'}, 'No row matches.'));
      return;
    }
    parent.append(element('h2', {}, 'Row by row'));
    [...new Set(items.map(nameOf))].forEach((name, number) => group(parent, name, items.filter(row => nameOf(row) === name), number));
    open.forEach(name => parent.querySelectorAll('section[data-group="' + CSS.escape(name) + '"] details')
      .forEach(details => { details.open = true; }));
    roofline(parent, items);
    scaling(parent, items);
    allocation(parent, items);
  }

  function clear(parent) {
    parent.querySelectorAll('canvas').forEach(canvas => {
      charts.get(canvas.id).destroy();
      charts.delete(canvas.id);
    });
    parent.replaceChildren();
  }

  function draw() {
    defaults();
    for (const id of ['summary', 'filters', 'filtered', 'comparison', 'startup', 'jars', 'machine']) clear(byId(id));
    summary();
    filters();
    drawFiltered();
    changes();
    startUp();
    jars();
    machine();
    document.body.dataset.charts = charts.size;
  }

  // Colours are painted into the canvases, so a change of theme paints them anew; printing wants the light ones.
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  draw();
})();
