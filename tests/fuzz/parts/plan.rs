// ANCHOR: part
x();
// ANCHOR_END: part
~~~
