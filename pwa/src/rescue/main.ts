document.getElementById('rescue')?.append('…');
