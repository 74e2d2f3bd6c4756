import { render } from 'preact';
import '../tokens.css';
import '../console.css';
import '../docs/docs.css';
import './jobs.css';
import { Jobs } from './jobs.tsx';

const place = document.getElementById('jobs');
if (place !== null) render(<Jobs />, place);
