from rb import *
from t2 import slip
for N,k in ((1000,10),(1000,50),(1000,200),(4000,20),(4000,100)):
    n,rows,pr,val=make(N,5); rr=rows
    for sd in range(k): rr,w_,d=slip(rr,pr,sd)
    s=System(n,tuple(Row(*r) for r in rr)); s.matrix
    LOG.clear(); t=time.process_time(); loc=locate(s); e=ms(t)
    print(N,k,loc.status,e,'tests',loc.tests,'LPs',len(LOG),'LPms',sum(x[3] for x in LOG),'clusters',len(loc.clusters),'weight',sum(c.weight for c in loc.clusters),'unlocated',sum(not c.alternatives for c in loc.clusters),max((c.weight,len(c.alternatives),len(c.conflicts)) for c in loc.clusters),'cert',all(c.certified for c in loc.clusters),'capped',sum(c.capped for c in loc.clusters), 'maxconf',max(len(c.conflicts) for c in loc.clusters),flush=True)
for f in sorted(glob.glob('real_*.pkl')):
    n,rows,nn,w=load(f)
    # one 'table': consecutive 30 witness rows scaled by 10000
    wr=[i for i,r in enumerate(rows) if r.witness is not None and len(r.terms)==1]
    rr=list(rows)
    for i in wr[60:90]:
        r=rr[i]; rr[i]=r._replace(low=None if r.low is None else r.low*10000,high=None if r.high is None else r.high*10000)
    s=System(n,tuple(rr),nn); s.matrix
    LOG.clear(); t=time.process_time(); loc=locate(s,w); e=ms(t)
    print(f,loc.status,e,'tests',loc.tests,'LPs',len(LOG),'clusters',len(loc.clusters),'weight',sum(c.weight for c in loc.clusters),'unlocated',sum(not c.alternatives for c in loc.clusters),'cert',all(c.certified for c in loc.clusters),'capped',sum(c.capped for c in loc.clusters),[(c.weight,len(c.alternatives),len(c.conflicts)) for c in loc.clusters],flush=True)
