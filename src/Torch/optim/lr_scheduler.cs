namespace Dfx.Torch;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Learning rates by step. A schedule sets the rate of step 0 when it is made; <c>step()</c> moves on by one.</summary>
        /// <remarks>
        /// All but <see cref="LambdaLR"/> change the rate that is in force, as PyTorch's chainable forms do: schedules of one optimizer,
        /// stepped in turn, multiply, and a rate set by hand is gone on from.
        /// </remarks>
        public static class lr_scheduler
        {
            /// <summary>The rate of step t, from the rate in force and the initial one.</summary>
            private delegate double Recurrence(int t, double current, double initial);

            /// <summary>The initial rate times a function of the step.</summary>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                new Schedule(optimizer, (t, _, initial) => initial * lr_lambda(t), last_epoch);

            /// <summary>Times gamma every step_size steps.</summary>
            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step_size);
                return new Schedule(optimizer, (t, current, _) => t == 0 || t % step_size != 0 ? current : current * gamma, last_epoch);
            }

            /// <summary>Times gamma at each milestone.</summary>
            public static LRScheduler MultiStepLR(
                Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new Schedule(optimizer, (t, current, _) => milestones.Contains(t) ? current * gamma : current, last_epoch);

            /// <summary>Times gamma every step.</summary>
            public static LRScheduler ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new Schedule(optimizer, (t, current, _) => t == 0 ? current : current * gamma, last_epoch);

            /// <summary>A factor that grows linearly from start to end over total_iters steps and then stays.</summary>
            public static LRScheduler LinearLR(
                Optimizer optimizer,
                double start_factor = 1.0 / 3,
                double end_factor = 1,
                int total_iters = 5,
                int last_epoch = -1,
                bool verbose = false)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(start_factor);
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total_iters);
                var rise = end_factor - start_factor;
                return new Schedule(
                    optimizer,
                    (t, current, _) => t == 0 ? current * start_factor
                        : t > total_iters ? current
                        : current * (1 + (rise / ((total_iters * start_factor) + ((t - 1) * rise)))),
                    last_epoch);
            }

            /// <summary>Half a cosine down to eta_min over T_max steps (Loshchilov and Hutter 2017, eq. 5), as a recurrence.</summary>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(T_max);
                return new Schedule(
                    optimizer,
                    (t, current, initial) => t == 0 ? current
                        : (t - 1 - T_max) % (2 * T_max) == 0 ? current + ((initial - eta_min) * (1 - Math.Cos(Math.PI / T_max)) / 2)
                        : ((1 + Math.Cos(Math.PI * t / T_max)) / (1 + Math.Cos(Math.PI * (t - 1) / T_max)) * (current - eta_min)) + eta_min,
                    last_epoch);
            }

            /// <summary>A schedule of an optimizer's learning rates.</summary>
            public abstract class LRScheduler
            {
                private protected LRScheduler()
                {
                }

                /// <summary>Moves on by one step.</summary>
                public abstract void step();

                /// <summary>The rates in force.</summary>
                public IEnumerable<double> get_last_lr() => Rates;

                private protected abstract IEnumerable<double> Rates { get; }
            }

            private sealed class Schedule : LRScheduler
            {
                private readonly ILearningRateController[] _groups;
                private readonly Recurrence _rate;
                private int _step;

                internal Schedule(Optimizer optimizer, Recurrence rate, int last_epoch)
                {
                    (_groups, _rate, _step) = ([.. optimizer.ParamGroups], rate, last_epoch);
                    step();
                }

                private protected override IEnumerable<double> Rates => _groups.Select(g => g.LearningRate);

                public override void step()
                {
                    _step++;
                    foreach (var group in _groups)
                    {
                        group.LearningRate = _rate(_step, group.LearningRate, group.InitialLearningRate);
                    }
                }
            }
        }
    }
}
