namespace Dfx.Torch;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Learning rates by step. A schedule sets the rate of step 0 when it is made; <c>step()</c> moves on by one.</summary>
        public static class lr_scheduler
        {
            /// <summary>A schedule of an optimizer's learning rates.</summary>
            public abstract class LRScheduler
            {
                private readonly ILearningRateController[] _groups;
                private readonly Func<int, double, double> _rate;
                private int _epoch;

                private protected LRScheduler(Optimizer optimizer, Func<int, double, double> rate, int last_epoch)
                {
                    _groups = [.. optimizer.ParamGroups];
                    _rate = rate;
                    _epoch = last_epoch;
                    step();
                }

                /// <summary>Moves on by one step.</summary>
                public virtual void step()
                {
                    _epoch++;
                    foreach (var group in _groups)
                    {
                        group.LearningRate = _rate(_epoch, group.InitialLearningRate);
                    }
                }

                /// <summary>The rates in force.</summary>
                public IEnumerable<double> get_last_lr() => _groups.Select(g => g.LearningRate);
            }

            /// <summary>The initial rate times a function of the step.</summary>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                new Closed(optimizer, (t, initial) => initial * lr_lambda(t), last_epoch);

            /// <summary>The initial rate times gamma^(t / step_size), whole steps.</summary>
            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new Closed(optimizer, (t, initial) => initial * Math.Pow(gamma, t / step_size), last_epoch);

            /// <summary>The initial rate times gamma for each milestone passed.</summary>
            public static LRScheduler MultiStepLR(
                Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new Closed(optimizer, (t, initial) => initial * Math.Pow(gamma, milestones.Count(m => m <= t)), last_epoch);

            /// <summary>The initial rate times gamma^t.</summary>
            public static LRScheduler ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new Closed(optimizer, (t, initial) => initial * Math.Pow(gamma, t), last_epoch);

            /// <summary>The initial rate times a factor that grows linearly from start to end over total_iters steps.</summary>
            public static LRScheduler LinearLR(
                Optimizer optimizer,
                double start_factor = 1.0 / 3,
                double end_factor = 1,
                int total_iters = 5,
                int last_epoch = -1,
                bool verbose = false) =>
                new Closed(
                    optimizer,
                    (t, initial) => initial * (start_factor + ((end_factor - start_factor) * Math.Min(t, total_iters) / total_iters)),
                    last_epoch);

            /// <summary>Half a cosine from the initial rate down to eta_min over T_max steps (Loshchilov and Hutter 2017, eq. 5).</summary>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) =>
                new Closed(
                    optimizer,
                    (t, initial) => eta_min + ((initial - eta_min) * (1 + Math.Cos(Math.PI * t / T_max)) / 2),
                    last_epoch);

            private sealed class Closed(Optimizer optimizer, Func<int, double, double> rate, int last_epoch)
                : LRScheduler(optimizer, rate, last_epoch);
        }
    }
}
